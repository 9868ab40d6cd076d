// SPDX-License-Identifier: Apache-2.0
//
// Writes small city databases in MaxMind's format (https://maxmind.github.io/MaxMind-DB/), so that a
// test decides what is known of which network.

function control(type, size) {
  const short = Math.min(size, 29);
  const bytes = type > 7 ? [short, type - 7] : [(type << 5) | short];
  return Buffer.from(size < 29 ? bytes : [...bytes, size - 29]);
}

// A number of one of the format's types.
class Unsigned {
  constructor(type, number) {
    Object.assign(this, { type, number });
  }
}
const u16 = (number) => new Unsigned(5, number);
const u32 = (number) => new Unsigned(6, number);
const u64 = (number) => new Unsigned(9, number);

function encode(value) {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([control(2, bytes.length), bytes]);
  }
  if (value instanceof Unsigned) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(value.number));
    const size = { 5: 2, 6: 4, 9: 8 }[value.type];
    return Buffer.concat([control(value.type, size), bytes.subarray(8 - size)]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([
    control(7, entries.length),
    ...entries.flatMap(([key, inner]) => [encode(key), encode(inner)]),
  ]);
}

const kUnknown = -1;

// A file's bytes. A network is [its bits as a string of 0 and 1, its record]; addresses have 32
// bits, or 128 with version 6.
export function mmdb(networks, { type = 'city ipv4', version = 4, buildTime = 1700000000 } = {}) {
  const nodes = [[kUnknown, kUnknown]];
  const data = [];
  let size = 0;
  for (const [prefix, record] of networks) {
    let node = 0;
    for (const [at, bit] of [...prefix].map(Number).entries()) {
      if (at + 1 === prefix.length) {
        nodes[node][bit] = { data: size };
      } else {
        if (nodes[node][bit] === kUnknown) nodes[node][bit] = nodes.push([kUnknown, kUnknown]) - 1;
        node = nodes[node][bit];
      }
    }
    data.push(encode(record));
    size += data.at(-1).length;
  }
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [index, pair] of nodes.entries()) {
    for (const side of [0, 1]) {
      const to = pair[side];
      const value =
        to === kUnknown ? nodes.length : (to.data ?? -1) >= 0 ? nodes.length + 16 + to.data : to;
      tree.writeUIntBE(value, index * 6 + side * 3, 3);
    }
  }
  const metadata = encode({
    binary_format_major_version: u16(2),
    binary_format_minor_version: u16(0),
    build_epoch: u64(buildTime),
    database_type: type,
    description: {},
    ip_version: u16(version),
    languages: [],
    node_count: u32(nodes.length),
    record_size: u16(24),
  });
  const mark = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([tree, Buffer.alloc(16), ...data, mark, metadata]);
}

// A database in which every address is in this country.
export const everywhere = (country, options) =>
  mmdb(
    ['0', '1'].map((bit) => [bit, { country_code: country, state1: '', city: '' }]),
    options,
  );
