// SPDX-License-Identifier: Apache-2.0
#include "live/seconds.h"

#include "model/click_filter.h"

namespace tally {

SecondCounts& Seconds::of(const Click& click) {
  return open_[click.time - click.time % kMillisPerSecond];
}

void Seconds::count(const Click& click) {
  if (!is_headline(click.outcome)) return;
  SecondCounts& counts = of(click);
  if (is_asked(asked_, click.traffic)) {
    ++counts.clicks;
    if (click.first && click.traffic == Traffic::human) ++counts.unique_clicks;
  }
  if (is_bot(click.traffic)) ++counts.bots;
}

void Seconds::tell(UnixMillis through,
                   const std::function<void(UnixMillis, const SecondCounts&)>& each) {
  while (!open_.empty() && open_.begin()->first + kMillisPerSecond <= through) {
    each(open_.begin()->first, open_.begin()->second);
    open_.erase(open_.begin());
  }
}

}  // namespace tally
