// SPDX-License-Identifier: Apache-2.0
//
// The kill check aimed at the files of first clicks, as options for runKillCheck(): a kill comes some
// milliseconds after a save has begun, which takes a few syncs, and the room for logs is so short
// that clicks are freed as soon as they may be. A visitor comes back some rounds later, when nothing
// but these files knows them.
export function visitorKills(rounds) {
  return {
    target: 'visitors',
    rounds,
    perSecond: 700,
    minMs: 0,
    maxMs: 30,
    settings: { 'journal.max_bytes': '16MiB' },
    traffic: { visitors: 3000, padding: 250 },
  };
}
