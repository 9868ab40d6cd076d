// SPDX-License-Identifier: Apache-2.0
//
// The handlers, by the file they are in. Each reads its input, asks a store and writes the answer;
// what can be worked out without a store is in pure functions beside them (link_json, stats_query,
// tag_fold). openapi.json says what goes in and out.
#pragma once

#include "api/call.h"

namespace tally {

// service_handlers.cc
Result<Response> get_health(Api& api, const Call& call);
Result<Response> get_readiness(Api& api, const Call& call);
Result<Response> get_metrics(Api& api, const Call& call);
Result<Response> get_meta(Api& api, const Call& call);
Result<Response> get_openapi(Api& api, const Call& call);

// account_handlers.cc
Result<Response> get_session(Api& api, const Call& call);
Result<Response> create_session(Api& api, const Call& call);
Result<Response> delete_session(Api& api, const Call& call);
Result<Response> get_setup(Api& api, const Call& call);
Result<Response> create_setup(Api& api, const Call& call);
Result<Response> list_keys(Api& api, const Call& call);
Result<Response> create_key(Api& api, const Call& call);
Result<Response> delete_key(Api& api, const Call& call);

// link_handlers.cc
Result<Response> list_links(Api& api, const Call& call);
Result<Response> create_link(Api& api, const Call& call);
Result<Response> get_link(Api& api, const Call& call);
Result<Response> update_link(Api& api, const Call& call);
Result<Response> delete_link(Api& api, const Call& call);

// link_history_handlers.cc
Result<Response> list_link_history(Api& api, const Call& call);

// bulk_handlers.cc
Result<Response> create_links(Api& api, const Call& call);

// domain_handlers.cc
Result<Response> list_domains(Api& api, const Call& call);
Result<Response> create_domain(Api& api, const Call& call);
Result<Response> get_domain(Api& api, const Call& call);
Result<Response> update_domain(Api& api, const Call& call);
Result<Response> delete_domain(Api& api, const Call& call);

// settings_handlers.cc
Result<Response> get_settings(Api& api, const Call& call);
Result<Response> update_settings(Api& api, const Call& call);

// figure_handlers.cc
Result<Response> list_impressions(Api& api, const Call& call);
Result<Response> put_impressions(Api& api, const Call& call);
Result<Response> delete_impressions(Api& api, const Call& call);
Result<Response> list_costs(Api& api, const Call& call);
Result<Response> put_costs(Api& api, const Call& call);
Result<Response> delete_cost(Api& api, const Call& call);
// conversion_handlers.cc
Result<Response> create_conversion(Api& api, const Call& call);
Result<Response> list_conversions(Api& api, const Call& call);
Result<Response> get_conversion(Api& api, const Call& call);

// experiment_handlers.cc
Result<Response> create_experiment(Api& api, const Call& call);
Result<Response> list_experiments(Api& api, const Call& call);
Result<Response> get_experiment(Api& api, const Call& call);
Result<Response> update_experiment(Api& api, const Call& call);
Result<Response> delete_experiment(Api& api, const Call& call);
// experiment_plan.cc
Result<Response> plan_experiment(Api& api, const Call& call);

// alert_handlers.cc
Result<Response> create_alert(Api& api, const Call& call);
Result<Response> list_alerts(Api& api, const Call& call);
Result<Response> get_alert(Api& api, const Call& call);
Result<Response> update_alert(Api& api, const Call& call);
Result<Response> delete_alert(Api& api, const Call& call);
Result<Response> list_alert_history(Api& api, const Call& call);
Result<Response> test_alert(Api& api, const Call& call);

// webhook_handlers.cc
Result<Response> create_webhook(Api& api, const Call& call);
Result<Response> list_webhooks(Api& api, const Call& call);
Result<Response> get_webhook(Api& api, const Call& call);
Result<Response> update_webhook(Api& api, const Call& call);
Result<Response> delete_webhook(Api& api, const Call& call);
Result<Response> rotate_webhook(Api& api, const Call& call);
Result<Response> list_webhook_deliveries(Api& api, const Call& call);
Result<Response> list_dead_letters(Api& api, const Call& call);
Result<Response> replay_webhook(Api& api, const Call& call);
Result<Response> test_webhook(Api& api, const Call& call);

// qr_handlers.cc
Result<Response> get_qr_svg(Api& api, const Call& call);
Result<Response> get_qr_png(Api& api, const Call& call);
Result<Response> draw_qr_svg(Api& api, const Call& call);
Result<Response> draw_qr_png(Api& api, const Call& call);

// traffic_handlers.cc
Result<Response> start_reclassify(Api& api, const Call& call);
Result<Response> get_reclassify(Api& api, const Call& call);

// export_handlers.cc
Result<Response> export_csv(Api& api, const Call& call);
Result<Response> export_ndjson(Api& api, const Call& call);
Result<Response> export_parquet(Api& api, const Call& call);

// schedule_handlers.cc
Result<Response> create_schedule(Api& api, const Call& call);
Result<Response> list_schedules(Api& api, const Call& call);
Result<Response> get_schedule(Api& api, const Call& call);
Result<Response> update_schedule(Api& api, const Call& call);
Result<Response> delete_schedule(Api& api, const Call& call);
Result<Response> test_schedule(Api& api, const Call& call);
Result<Response> list_export_runs(Api& api, const Call& call);
Result<Response> get_export_run(Api& api, const Call& call);
Result<Response> get_export_file(Api& api, const Call& call);

// live_handlers.cc
Result<Response> get_live(Api& api, const Call& call);

// import_handlers.cc
Result<Response> import_clicks(Api& api, const Call& call);
Result<Response> get_import(Api& api, const Call& call);

// erase_handlers.cc
Result<Response> start_erase(Api& api, const Call& call);
Result<Response> list_erases(Api& api, const Call& call);
Result<Response> get_erase(Api& api, const Call& call);

// velocity_handlers.cc
Result<Response> get_velocity(Api& api, const Call& call);

// compare_handlers.cc
Result<Response> get_comparison(Api& api, const Call& call);

// geo_handlers.cc
Result<Response> get_geo(Api& api, const Call& call);

// stats_handlers.cc
Result<Response> get_summary(Api& api, const Call& call);
Result<Response> get_timeseries(Api& api, const Call& call);
Result<Response> get_heatmap(Api& api, const Call& call);
Result<Response> get_best_time(Api& api, const Call& call);
Result<Response> get_breakdown(Api& api, const Call& call);
Result<Response> get_breakdowns(Api& api, const Call& call);
Result<Response> get_channels(Api& api, const Call& call);
Result<Response> get_funnel(Api& api, const Call& call);
Result<Response> list_clicks(Api& api, const Call& call);

}  // namespace tally
