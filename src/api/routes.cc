// SPDX-License-Identifier: Apache-2.0
#include "api/routes.h"

#include "api/handlers.h"

namespace tally {
namespace {

constexpr Access kOpen{Access::Kind::open};
constexpr Access kSession{Access::Kind::session};
constexpr Access kMetrics{Access::Kind::metrics};
constexpr Access kAdmin{Access::Kind::scope, Scope::admin};
constexpr Access kLinksRead{Access::Kind::scope, Scope::links_read};
constexpr Access kLinksWrite{Access::Kind::scope, Scope::links_write};
constexpr Access kConvert{Access::Kind::scope, Scope::convert_write};
constexpr Access kStatsRead{Access::Kind::scope, Scope::stats_read};

constexpr std::size_t kNoBody = 0;
constexpr std::size_t kSmallBody = 16 * 1024;
constexpr std::size_t kBody = 1024 * 1024;
constexpr std::size_t kLargeBody = 32 * 1024 * 1024;
constexpr std::size_t kLogo = 256 * 1024;
constexpr BodyTypes kPng{"image/png"};
constexpr BodyTypes kTable{kJson, kCsv};
constexpr BodyTypes kClickFile{kNdjson, kCsv};

// clang-format off
constexpr Route kRoutes[] = {
    // method   pattern                      who          query  body        handler
    {"GET",    "/healthz",                   kOpen,       false, kNoBody,    get_health},
    {"GET",    "/readyz",                    kOpen,       false, kNoBody,    get_readiness},
    {"GET",    "/metrics",                   kMetrics,    false, kNoBody,    get_metrics},
    {"GET",    "/api/v1/meta",               kOpen,       false, kNoBody,    get_meta},
    {"GET",    "/api/v1/openapi.json",       kOpen,       false, kNoBody,    get_openapi},

    {"GET",    "/api/v1/setup",              kOpen,       false, kNoBody,    get_setup},
    {"POST",   "/api/v1/setup",              kOpen,       false, kSmallBody, create_setup},
    {"GET",    "/api/v1/session",            kSession,    false, kNoBody,    get_session},
    {"POST",   "/api/v1/session",            kOpen,       false, kSmallBody, create_session},
    {"DELETE", "/api/v1/session",            kSession,    false, kNoBody,    delete_session},
    {"GET",    "/api/v1/keys",               kAdmin,      false, kNoBody,    list_keys},
    {"POST",   "/api/v1/keys",               kAdmin,      false, kSmallBody, create_key},
    {"DELETE", "/api/v1/keys/{id}",          kAdmin,      false, kNoBody,    delete_key},

    {"GET",    "/api/v1/links",              kLinksRead,  true,  kNoBody,    list_links},
    {"POST",   "/api/v1/links",              kLinksWrite, false, kBody,      create_link},
    {"POST",   "/api/v1/links/bulk",         kLinksWrite, false, kLargeBody, create_links},
    {"GET",    "/api/v1/links/{id}",         kLinksRead,  false, kNoBody,    get_link},
    {"PATCH",  "/api/v1/links/{id}",         kLinksWrite, false, kBody,      update_link},
    {"DELETE", "/api/v1/links/{id}",         kLinksWrite, false, kNoBody,    delete_link},
    {"GET",    "/api/v1/links/{id}/history", kLinksRead,  true,  kNoBody,    list_link_history},
    {"GET",    "/api/v1/links/{id}/qr.svg",  kLinksRead,  true,  kNoBody,    get_qr_svg},
    {"GET",    "/api/v1/links/{id}/qr.png",  kLinksRead,  true,  kNoBody,    get_qr_png},
    {"POST",   "/api/v1/links/{id}/qr.svg",  kLinksRead,  true,  kLogo,      draw_qr_svg, kPng},
    {"POST",   "/api/v1/links/{id}/qr.png",  kLinksRead,  true,  kLogo,      draw_qr_png, kPng},

    {"GET",    "/api/v1/domains",            kLinksRead,  false, kNoBody,    list_domains},
    {"POST",   "/api/v1/domains",            kAdmin,      false, kSmallBody, create_domain},
    {"GET",    "/api/v1/domains/{id}",       kLinksRead,  false, kNoBody,    get_domain},
    {"PATCH",  "/api/v1/domains/{id}",       kAdmin,      false, kSmallBody, update_domain},
    {"DELETE", "/api/v1/domains/{id}",       kAdmin,      false, kNoBody,    delete_domain},

    {"GET",    "/api/v1/settings",           kStatsRead,  false, kNoBody,    get_settings},
    {"PATCH",  "/api/v1/settings",           kAdmin,      false, kSmallBody, update_settings},

    {"GET",    "/api/v1/impressions",        kStatsRead,  true,  kNoBody,    list_impressions},
    {"POST",   "/api/v1/impressions",        kLinksWrite, false, kLargeBody, put_impressions,
                                                                             kTable},
    {"DELETE", "/api/v1/impressions/{id}/{day}",
                                             kLinksWrite, false, kNoBody,    delete_impressions},
    {"GET",    "/api/v1/costs",              kStatsRead,  true,  kNoBody,    list_costs},
    {"POST",   "/api/v1/costs",              kLinksWrite, false, kLargeBody, put_costs, kTable},
    {"DELETE", "/api/v1/costs/{id}/{day}",   kLinksWrite, false, kNoBody,    delete_cost},

    {"GET",    "/api/v1/stats/summary",      kStatsRead,  true,  kNoBody,    get_summary},
    {"GET",    "/api/v1/stats/timeseries",   kStatsRead,  true,  kNoBody,    get_timeseries},
    {"GET",    "/api/v1/stats/breakdown",    kStatsRead,  true,  kNoBody,    get_breakdown},
    {"GET",    "/api/v1/stats/breakdowns",   kStatsRead,  true,  kNoBody,    get_breakdowns},
    {"GET",    "/api/v1/stats/velocity",     kStatsRead,  true,  kNoBody,    get_velocity},
    {"GET",    "/api/v1/stats/heatmap",      kStatsRead,  true,  kNoBody,    get_heatmap},
    {"GET",    "/api/v1/stats/best_time",    kStatsRead,  true,  kNoBody,    get_best_time},
    {"GET",    "/api/v1/stats/geo",          kStatsRead,  true,  kNoBody,    get_geo},
    {"GET",    "/api/v1/stats/compare",      kStatsRead,  true,  kNoBody,    get_comparison},
    {"GET",    "/api/v1/stats/channels",     kStatsRead,  true,  kNoBody,    get_channels},
    {"GET",    "/api/v1/stats/funnel",       kStatsRead,  true,  kNoBody,    get_funnel},
    {"GET",    "/api/v1/clicks",             kStatsRead,  true,  kNoBody,    list_clicks},
    {"GET",    "/api/v1/live",               kStatsRead,  true,  kNoBody,    get_live},

    {"GET",    "/api/v1/export.csv",         kStatsRead,  true,  kNoBody,    export_csv},
    {"GET",    "/api/v1/export.ndjson",      kStatsRead,  true,  kNoBody,    export_ndjson},
    {"GET",    "/api/v1/export.parquet",     kStatsRead,  true,  kNoBody,    export_parquet},

    {"GET",    "/api/v1/exports",            kStatsRead,  true,  kNoBody,    list_schedules},
    {"POST",   "/api/v1/exports",            kLinksWrite, false, kSmallBody, create_schedule},
    {"GET",    "/api/v1/exports/{id}",       kStatsRead,  false, kNoBody,    get_schedule},
    {"PATCH",  "/api/v1/exports/{id}",       kLinksWrite, false, kSmallBody, update_schedule},
    {"DELETE", "/api/v1/exports/{id}",       kLinksWrite, false, kNoBody,    delete_schedule},
    {"POST",   "/api/v1/exports/{id}/test",  kLinksWrite, false, kNoBody,    test_schedule},
    {"GET",    "/api/v1/exports/{id}/runs",  kStatsRead,  true,  kNoBody,    list_export_runs},
    {"GET",    "/api/v1/exports/{id}/runs/{of}", kStatsRead, false, kNoBody, get_export_run},
    {"GET",    "/api/v1/exports/{id}/runs/{of}/file", kStatsRead, false, kNoBody, get_export_file},

    {"POST",   "/api/v1/import/clicks",      kAdmin,      true,  kLargeBody, import_clicks,
                                                                             kClickFile},
    {"GET",    "/api/v1/import/clicks",      kAdmin,      false, kNoBody,    get_import},

    {"POST",   "/api/v1/conversions",        kConvert,    false, kSmallBody, create_conversion},
    {"GET",    "/api/v1/conversions",        kStatsRead,  true,  kNoBody,    list_conversions},
    {"GET",    "/api/v1/conversions/{id}",   kStatsRead,  false, kNoBody,    get_conversion},

    {"GET",    "/api/v1/experiments",        kStatsRead,  true,  kNoBody,    list_experiments},
    {"POST",   "/api/v1/experiments",        kLinksWrite, false, kSmallBody, create_experiment},
    {"GET",    "/api/v1/experiments/plan",   kStatsRead,  true,  kNoBody,    plan_experiment},
    {"GET",    "/api/v1/experiments/{id}",   kStatsRead,  false, kNoBody,    get_experiment},
    {"PATCH",  "/api/v1/experiments/{id}",   kLinksWrite, false, kSmallBody, update_experiment},
    {"DELETE", "/api/v1/experiments/{id}",   kLinksWrite, false, kNoBody,    delete_experiment},

    {"GET",    "/api/v1/alerts",             kStatsRead,  true,  kNoBody,    list_alerts},
    {"POST",   "/api/v1/alerts",             kLinksWrite, false, kSmallBody, create_alert},
    {"GET",    "/api/v1/alerts/{id}",        kStatsRead,  false, kNoBody,    get_alert},
    {"PATCH",  "/api/v1/alerts/{id}",        kLinksWrite, false, kSmallBody, update_alert},
    {"DELETE", "/api/v1/alerts/{id}",        kLinksWrite, false, kNoBody,    delete_alert},
    {"GET",    "/api/v1/alerts/{id}/history", kStatsRead, true,  kNoBody,    list_alert_history},
    {"POST",   "/api/v1/alerts/{id}/test",   kLinksWrite, false, kNoBody,    test_alert},

    {"GET",    "/api/v1/webhooks",           kStatsRead,  true,  kNoBody,    list_webhooks},
    {"POST",   "/api/v1/webhooks",           kLinksWrite, false, kSmallBody, create_webhook},
    {"GET",    "/api/v1/webhooks/{id}",      kStatsRead,  false, kNoBody,    get_webhook},
    {"PATCH",  "/api/v1/webhooks/{id}",      kLinksWrite, false, kSmallBody, update_webhook},
    {"DELETE", "/api/v1/webhooks/{id}",      kLinksWrite, false, kNoBody,    delete_webhook},
    {"POST",   "/api/v1/webhooks/{id}/rotate", kLinksWrite, false, kSmallBody, rotate_webhook},
    {"POST",   "/api/v1/webhooks/{id}/test", kLinksWrite, false, kNoBody,    test_webhook},
    {"GET",    "/api/v1/webhooks/{id}/deliveries", kStatsRead, true, kNoBody,
                                                                       list_webhook_deliveries},
    {"GET",    "/api/v1/webhooks/{id}/dead-letters", kStatsRead, true, kNoBody, list_dead_letters},
    {"POST",   "/api/v1/webhooks/{id}/replay", kLinksWrite, false, kSmallBody, replay_webhook},

    {"POST",   "/api/v1/traffic/reclassify", kAdmin,      false, kSmallBody, start_reclassify},
    {"GET",    "/api/v1/traffic/reclassify/{id}", kAdmin, false, kNoBody,    get_reclassify},

    {"POST",   "/api/v1/erase",              kAdmin,      false, kSmallBody, start_erase},
    {"GET",    "/api/v1/erase",              kAdmin,      false, kNoBody,    list_erases},
    {"GET",    "/api/v1/erase/{id}",         kAdmin,      false, kNoBody,    get_erase},
};
// clang-format on

}  // namespace

std::span<const Route> api_routes() { return kRoutes; }

}  // namespace tally
