// SPDX-License-Identifier: Apache-2.0
import { statsQuery } from '../../api/view';
import { useTimeZone } from '../../ui/time_zone';
import { useView } from '../../ui/use_view';
import { FunnelCard } from '../stats/funnel_card';
import { HoursCard } from '../stats/hours_card';
import classes from './link_panels.module.css';
import { RecentClicks } from '../stats/recent_clicks';
import { VelocityCard } from '../stats/velocity_card';

/** What a link's own page tells beyond the panels that the overview has too. */
export function LinkPanels({ id }: { id: string }) {
  const [view, setView] = useView();
  const [tz] = useTimeZone();
  const query = statsQuery(view, tz, id);
  const longer = () => setView({ ...view, range: '90d' });
  return (
    <>
      <HoursCard query={query} tz={tz} longer={longer} />
      <div className={classes.pair}>
        <VelocityCard query={query} />
        <FunnelCard query={query} />
      </div>
      <RecentClicks query={query} tz={tz} />
    </>
  );
}
