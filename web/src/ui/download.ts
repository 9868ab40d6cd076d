// SPDX-License-Identifier: Apache-2.0

/** Hands `data` to the browser as a file to save. */
export function download(data: Blob, name: string): void {
  const address = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address when it gets to it, not at once.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
