// SPDX-License-Identifier: Apache-2.0
// The few icons the console uses, as strokes on a 24-unit grid. They are decoration: the control
// around one carries the name that a screen reader says.

const paths = {
  copy: 'M9 9h10v11H9zM5 15V4h10',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20',
  sun:
    'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7' +
    'M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4',
  moon: 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z',
  auto: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16M12 8h5M12 12h8M12 16h5',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.500s6.7 1.9 7.5 5.5',
  help:
    'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z' +
    'M9.700 9.600a2.400 2.400 0 1 1 3.500 2.100c-.8.4-1.200.9-1.200 1.800M12 16.400v.2',
  download: 'M12 4v11M7 10.500l5 5 5-5M5 20h14',
  filter: 'M4 6h16M7 12h10M10 18h4',
  exclude: 'M12 19.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15zM6.700 6.700l10.600 10.600',
  external: 'M13 5h6v6M19 5l-9 9M17 14v5H5V7h5',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  pause: 'M9 6v12M15 6v12',
  play: 'M8 5.500v13l10-6.500z',
  close: 'M6 6l12 12M18 6L6 18',
  globe:
    'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM4 12h16' +
    'M12 4c2.6 2.3 4 5 4 8s-1.4 5.7-4 8c-2.6-2.3-4-5-4-8s1.4-5.7 4-8z',
  alert: 'M12 4l9 16H3zM12 10v5M12 17.500v.2',
  left: 'M14.5 6l-6 6 6 6',
  right: 'M9.5 6l6 6-6 6',
  down: 'M6 9.5l6 6 6-6',
  link:
    'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1 1' +
    'M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1-1',
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 10v9',
  chart: 'M4 19h16M5 15l4.5-5 4 3L19 6',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.500V12l3 2',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8 3.500v4M16 3.500v4',
  key: 'M8 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM11.500 12H20v3M16.500 12v2.500',
  bell: 'M6 16.500h12l-1.500-2.500V10a4.500 4.500 0 0 0-9 0v4zM10 19.500h4',
  shield: 'M12 3.500l7 2.500v5.500c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6z',
  pulse: 'M3 12h4l2.500-6 4.500 12 2.500-6H21',
  qr:
    'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2M14 18h2v2M20 17v3h-2' +
    'M7 7h.1M17 7h.1M7 17h.1',
  upload: 'M12 15V4M7.500 8.500L12 4l4.500 4.500M5 19.500h14',
  up: 'M6 14.500l6-6 6 6',
  dots: 'M6 12h.1M12 12h.1M18 12h.1',
  keyboard: 'M3 7h18v11H3zM7 11h.1M11 11h.1M15 11h.1M8 14.500h8',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark: four strokes and the fifth across them. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0f7a5f" />
      <g stroke="#fff" strokeWidth="2.4" strokeLinecap="round" fill="none">
        <path d="M9 9v14M13.7 9v14M18.3 9v14M23 9v14" />
        <path d="M6 20.5 26 11.5" />
      </g>
    </svg>
  );
}
