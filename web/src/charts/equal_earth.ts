// SPDX-License-Identifier: Apache-2.0
// The Equal Earth projection (Šavrič, Patterson, Jenny 2018): countries keep their true areas, so a
// shade says as much in Norway as in Nigeria. Four terms of a polynomial, no inverse needed.
const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796] as const;
const m = Math.sqrt(3) / 2;

/** Degrees of longitude and latitude to x and y, y growing downwards; about ±2.71 by ±1.32. */
export function equalEarth(longitude: number, latitude: number): [number, number] {
  const lambda = (longitude * Math.PI) / 180;
  const theta = Math.asin(m * Math.sin((latitude * Math.PI) / 180));
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  const slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2);
  const y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
  return [(lambda * Math.cos(theta)) / (m * slope), -y];
}
