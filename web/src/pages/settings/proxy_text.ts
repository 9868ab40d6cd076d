// SPDX-License-Identifier: Apache-2.0

/** A reverse proxy's part for a domain, as docs/guides/reverse-proxy.md has it for Caddy. */
export function caddyText(host: string): string {
  return `${host} {\n\treverse_proxy 127.0.0.1:8080\n}\n`;
}

/** The same for nginx, next to the lines that the guide puts around it. */
export function nginxText(host: string): string {
  return `server {
  listen 443 ssl http2;
  server_name ${host};
  ssl_certificate     /etc/ssl/${host}.pem;
  ssl_certificate_key /etc/ssl/${host}.key;
  access_log off;   # it would keep what Tallymark does not: addresses
  location / {
    proxy_pass http://127.0.0.1:8080;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
  }
}
`;
}
