// SPDX-License-Identifier: Apache-2.0
//
// Seeded randomness, so that a failing run can be repeated. The generator is mulberry32: 32 bits of
// state, good enough to choose test inputs and nothing else.

export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  // A number in [0, 1).
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  // An integer in [low, high].
  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  chance(probability) {
    return this.next() < probability;
  }

  shuffle(list) {
    for (let i = list.length - 1; i > 0; --i) {
      const j = Math.floor(this.next() * (i + 1));
      [list[i], list[j]] = [list[j], list[i]];
    }
    return list;
  }
}

// Picks from `items` with the given weights; binary search over their running sum.
export class WeightedChoice {
  constructor(items, weight) {
    this.items = items;
    this.sums = [];
    let sum = 0;
    for (const item of items) this.sums.push((sum += weight(item)));
    this.total = sum;
  }

  pick(random) {
    const at = random.next() * this.total;
    let low = 0;
    let high = this.sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sums[middle] > at) high = middle;
      else low = middle + 1;
    }
    return this.items[low];
  }
}
