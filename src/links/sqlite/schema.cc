// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/schema.h"

#include <array>

#include "links/sqlite/link_writes.h"

namespace tally {
namespace {

// Steps are only ever appended: step i leads from version i to version i + 1.
constexpr std::array<const char*, 15> kSteps = {
    R"sql(
CREATE TABLE workspaces (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
);

CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  email TEXT NOT NULL UNIQUE,          -- lower case
  password TEXT NOT NULL,              -- Argon2id, with its parameters
  created_at INTEGER NOT NULL
);

CREATE TABLE sessions (
  token TEXT PRIMARY KEY,              -- SHA-256 of the cookie's value, hex
  user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_seen ON sessions (seen_at);

CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  secret TEXT NOT NULL UNIQUE,         -- SHA-256, hex
  name TEXT NOT NULL,
  scopes INTEGER NOT NULL,             -- bits, in the order of kScopeNames
  bootstrap INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
);
CREATE INDEX api_keys_workspace ON api_keys (workspace, id);

CREATE TABLE setup_token (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  token TEXT NOT NULL                  -- SHA-256, hex
);

CREATE TABLE link_version (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  version INTEGER NOT NULL
);
INSERT INTO link_version VALUES (1, 0);

CREATE TABLE links (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  domain TEXT NOT NULL,
  prefix TEXT NOT NULL,
  token TEXT NOT NULL,
  destination TEXT NOT NULL,
  title TEXT NOT NULL,
  tags TEXT NOT NULL,                  -- one a line, as in link_tags
  campaign TEXT NOT NULL,
  channel TEXT NOT NULL,
  utm_source TEXT NOT NULL,
  utm_medium TEXT NOT NULL,
  utm_campaign TEXT NOT NULL,
  utm_content TEXT NOT NULL,
  utm_term TEXT NOT NULL,
  fallback_url TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  starts_at INTEGER,
  expires_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (domain, prefix, token)
);
CREATE UNIQUE INDEX links_version ON links (version);
CREATE INDEX links_created ON links (workspace, created_at, id);
CREATE INDEX links_updated ON links (workspace, updated_at, id);
CREATE INDEX links_prefix ON links (workspace, prefix, id);
CREATE INDEX links_title ON links (workspace, title, id);
CREATE INDEX links_campaign ON links (workspace, campaign, created_at, id) WHERE campaign <> '';

CREATE TABLE link_tags (
  workspace INTEGER NOT NULL,
  tag TEXT NOT NULL,
  link INTEGER NOT NULL REFERENCES links ON DELETE CASCADE,
  PRIMARY KEY (workspace, tag, link)
) WITHOUT ROWID;
CREATE INDEX link_tags_link ON link_tags (link);

CREATE TABLE removed_links (
  version INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,
  workspace INTEGER NOT NULL,
  domain TEXT NOT NULL,
  prefix TEXT NOT NULL,
  token TEXT NOT NULL
);

CREATE TABLE request_keys (
  workspace INTEGER NOT NULL REFERENCES workspaces,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  link INTEGER NOT NULL,               -- may have been removed since
  created_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, key)
) WITHOUT ROWID;
CREATE INDEX request_keys_created ON request_keys (created_at);
)sql",
    R"sql(
ALTER TABLE links ADD COLUMN behaviour TEXT NOT NULL DEFAULT '';  -- link_behaviour.h
CREATE INDEX links_disabled ON links (workspace, created_at, id) WHERE enabled = 0;
CREATE INDEX links_domain ON links (workspace, domain, created_at, id) WHERE domain <> '';

CREATE TABLE domains (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  host TEXT NOT NULL UNIQUE,
  root_redirect TEXT NOT NULL,
  not_found_redirect TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE TABLE domains_version (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  version INTEGER NOT NULL
);
INSERT INTO domains_version VALUES (1, 0);
)sql",
    R"sql(
CREATE TABLE link_hosts (              -- filled by index_hosts()
  host TEXT NOT NULL,                  -- that the link leads to: lower case, IDNA
  link INTEGER NOT NULL,
  PRIMARY KEY (host, link)
) WITHOUT ROWID;
)sql",
    R"sql(
ALTER TABLE workspaces ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE workspaces ADD COLUMN currency TEXT NOT NULL DEFAULT '';
)sql",
    R"sql(
CREATE TABLE impressions (
  workspace INTEGER NOT NULL REFERENCES workspaces,
  day INTEGER NOT NULL,                -- since 1970, of the reporting zone
  link INTEGER NOT NULL,               -- may be gone
  count INTEGER NOT NULL,
  PRIMARY KEY (workspace, day, link)
) WITHOUT ROWID;

CREATE TABLE costs (
  workspace INTEGER NOT NULL REFERENCES workspaces,
  day INTEGER NOT NULL,
  link INTEGER NOT NULL,
  micros INTEGER NOT NULL,             -- of the workspace's currency
  PRIMARY KEY (workspace, day, link)
) WITHOUT ROWID;
)sql",
    R"sql(
CREATE TABLE conversions (
  id INTEGER PRIMARY KEY,              -- random
  workspace INTEGER NOT NULL REFERENCES workspaces,
  click_node INTEGER NOT NULL,
  click_epoch INTEGER NOT NULL,
  click_shard INTEGER NOT NULL,
  click_n INTEGER NOT NULL,
  time INTEGER NOT NULL,               -- when it happened
  received_at INTEGER NOT NULL,
  event TEXT NOT NULL,
  value_micros INTEGER,
  currency TEXT NOT NULL,
  state INTEGER NOT NULL,              -- the place in kConversionStateNames
  link INTEGER NOT NULL,               -- of the click; 0 until joined
  next_try INTEGER NOT NULL,           -- when its click is looked for, while pending
  batch INTEGER NOT NULL,              -- with which it is being stored; 0 is none
  request_key TEXT,
  content TEXT NOT NULL                -- what the request asked for
);
CREATE UNIQUE INDEX conversions_request ON conversions (workspace, request_key)
  WHERE request_key IS NOT NULL;
CREATE INDEX conversions_time ON conversions (workspace, time, id);
CREATE INDEX conversions_state ON conversions (workspace, state, time, id);
CREATE INDEX conversions_link ON conversions (workspace, link, time, id) WHERE link <> 0;
CREATE INDEX conversions_due ON conversions (next_try) WHERE state = 0;
CREATE INDEX conversions_batch ON conversions (batch) WHERE state = 0 AND batch <> 0;
)sql",
    R"sql(
CREATE TABLE experiments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,               -- the place in kExperimentKindNames
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  least_effect_ppm INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX experiments_workspace ON experiments (workspace, id);

CREATE TABLE experiment_arms (
  experiment INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
  place INTEGER NOT NULL,              -- 0 is the control
  link INTEGER NOT NULL,               -- may be gone
  variant TEXT NOT NULL,
  weight INTEGER NOT NULL,
  PRIMARY KEY (experiment, place)
) WITHOUT ROWID;
CREATE INDEX experiment_arms_link ON experiment_arms (link);
)sql",
    R"sql(
ALTER TABLE workspaces ADD COLUMN retention_days INTEGER;  -- NULL: for ever
CREATE INDEX conversions_received ON conversions (workspace, received_at);
)sql",
    R"sql(
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,               -- the place in kAlertKindNames
  interval INTEGER NOT NULL,           -- the place in kIntervalNames
  platform TEXT NOT NULL,
  measure INTEGER NOT NULL,            -- the place in kAlertMeasureNames
  bound INTEGER NOT NULL,              -- the place in kAlertBoundNames
  amount INTEGER NOT NULL,
  recipients TEXT NOT NULL,            -- one a line
  quiet_minutes INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL,            -- of what was chosen
  state INTEGER NOT NULL,              -- the place in kAlertStateNames; from here on the status
  since INTEGER NOT NULL,
  judged_at INTEGER NOT NULL,
  judged_to INTEGER NOT NULL,
  is_open INTEGER NOT NULL,
  told_at INTEGER NOT NULL,
  range_from INTEGER NOT NULL,         -- from here on the evidence
  range_to INTEGER NOT NULL,
  count INTEGER NOT NULL,
  expected REAL,
  p REAL,
  share REAL,
  fallen TEXT NOT NULL,                -- platform
  doubt INTEGER NOT NULL               -- the place in kAlertDoubtNames
);
CREATE INDEX alerts_workspace ON alerts (workspace, id);

CREATE TABLE alert_filters (
  alert INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE,
  place INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  filter TEXT NOT NULL,                -- as filter_text() writes it
  PRIMARY KEY (alert, place)
) WITHOUT ROWID;

CREATE TABLE alert_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alert INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE,
  time INTEGER NOT NULL,
  state INTEGER NOT NULL,
  told INTEGER NOT NULL,
  range_from INTEGER NOT NULL,
  range_to INTEGER NOT NULL,
  count INTEGER NOT NULL,
  expected REAL,
  p REAL,
  share REAL,
  fallen TEXT NOT NULL,
  doubt INTEGER NOT NULL
);
CREATE INDEX alert_changes_alert ON alert_changes (alert, id);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  time INTEGER NOT NULL,
  event TEXT NOT NULL,
  about INTEGER NOT NULL,              -- of alerts: the row of alert_changes, which may be gone
  data TEXT NOT NULL                   -- JSON
);
CREATE INDEX outbox_time ON outbox (time);

CREATE TABLE outbox_readers (
  name TEXT PRIMARY KEY,
  through INTEGER NOT NULL             -- the last event that it is done with
) WITHOUT ROWID;
)sql",
    R"sql(
ALTER TABLE api_keys ADD COLUMN public TEXT;  -- the key itself, when everybody may know it
CREATE INDEX conversions_valued ON conversions (workspace, currency)
  WHERE value_micros IS NOT NULL;
)sql",
    R"sql(
CREATE TABLE exports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  name TEXT NOT NULL,
  format INTEGER NOT NULL,             -- the place in kExportFormatNames
  period INTEGER NOT NULL,             -- the place in kPeriodKindNames
  traffic INTEGER NOT NULL,            -- human, bot, all
  dimension TEXT NOT NULL,             -- that rows are by; or ''
  interval TEXT NOT NULL,              -- as in the API; or ''
  raw INTEGER NOT NULL,
  keep INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  begins_at INTEGER NOT NULL,
  planned_to INTEGER NOT NULL,
  passed_by INTEGER NOT NULL,          -- periods
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL             -- of what was chosen
);
CREATE INDEX exports_workspace ON exports (workspace, id);

CREATE TABLE export_filters (
  export INTEGER NOT NULL REFERENCES exports ON DELETE CASCADE,
  place INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  filter TEXT NOT NULL,                -- as filter_text() writes it
  PRIMARY KEY (export, place)
) WITHOUT ROWID;

CREATE TABLE export_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  export INTEGER NOT NULL REFERENCES exports ON DELETE CASCADE,
  period TEXT NOT NULL,                -- 2026-03-29, 2026-W13, 2026-03
  range_from INTEGER NOT NULL,
  range_to INTEGER NOT NULL,
  state INTEGER NOT NULL,              -- the place in kExportRunStateNames
  removal INTEGER NOT NULL DEFAULT 0,  -- the place in kExportRemovalNames
  failures INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  started_at INTEGER NOT NULL DEFAULT 0,
  finished_at INTEGER NOT NULL DEFAULT 0,
  file TEXT NOT NULL DEFAULT '',       -- from here on the finished file
  bytes INTEGER NOT NULL DEFAULT 0,
  row_count INTEGER,
  sha256 TEXT NOT NULL DEFAULT '',
  incomplete INTEGER NOT NULL DEFAULT 0,
  UNIQUE (export, period)
);
CREATE INDEX export_runs_state ON export_runs (state, range_from);
CREATE INDEX export_runs_export ON export_runs (export, state, range_from);
)sql",
    R"sql(
CREATE TABLE webhooks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL REFERENCES workspaces,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  events INTEGER NOT NULL,             -- bits, in the order of kEventKindNames
  links TEXT NOT NULL,                 -- numbers, one a line
  campaigns TEXT NOT NULL,             -- one a line
  traffic INTEGER NOT NULL,            -- the place in kTrafficFilterNames
  mode INTEGER NOT NULL,               -- the place in kWebhookModeNames
  signature INTEGER NOT NULL,          -- the place in kWebhookSignatureNames
  ip INTEGER NOT NULL,                 -- the place in kIpModeNames
  enabled INTEGER NOT NULL,
  off_reason INTEGER NOT NULL,         -- the place in kWebhookOffNames
  secret TEXT NOT NULL,                -- as it is: requests are signed with it
  previous_secret TEXT NOT NULL,
  previous_until INTEGER NOT NULL,
  version INTEGER NOT NULL,            -- of what was chosen
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  click_epoch INTEGER NOT NULL DEFAULT 0,  -- from here on how it stands
  click_n INTEGER NOT NULL DEFAULT 0,
  state INTEGER NOT NULL DEFAULT 0,    -- the place in kWebhookStateNames
  failures INTEGER NOT NULL DEFAULT 0,
  failing_since INTEGER NOT NULL DEFAULT 0,
  next_probe INTEGER NOT NULL DEFAULT 0,
  last_success_at INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX webhooks_workspace ON webhooks (workspace, id);

CREATE TABLE webhook_events (          -- that were not delivered
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  event_id TEXT NOT NULL,
  event INTEGER NOT NULL,              -- the place in kEventKindNames
  events INTEGER NOT NULL,             -- that are in it
  body TEXT NOT NULL,
  first_event_at INTEGER NOT NULL,
  time INTEGER NOT NULL,               -- of the event, or of the last of them
  link INTEGER NOT NULL,               -- of a single click, else 0
  visitor INTEGER NOT NULL,            -- of a single click, else 0
  about INTEGER NOT NULL,              -- as in the outbox, else 0
  attempts INTEGER NOT NULL,
  next_try INTEGER NOT NULL,
  state INTEGER NOT NULL,              -- the place in kWebhookEventStateNames
  last_status INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  UNIQUE (webhook, event_id)
);
CREATE INDEX webhook_events_due ON webhook_events (webhook, next_try) WHERE state = 0;
CREATE INDEX webhook_events_dead ON webhook_events (webhook, id) WHERE state = 1;
CREATE INDEX webhook_events_old ON webhook_events (time) WHERE state = 1;
CREATE INDEX webhook_events_about ON webhook_events (about) WHERE about <> 0;

CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  event_id TEXT NOT NULL,
  event INTEGER NOT NULL,              -- the place in kEventKindNames
  events INTEGER NOT NULL,             -- in the request
  first_event_at INTEGER NOT NULL,
  last_event_at INTEGER NOT NULL,
  link INTEGER NOT NULL,               -- these three of a single event
  visitor INTEGER NOT NULL,
  about INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  time INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  status INTEGER NOT NULL,             -- 0: there was no answer
  error TEXT NOT NULL,
  request TEXT NOT NULL,               -- their beginnings
  response TEXT NOT NULL
);
CREATE INDEX webhook_deliveries_webhook ON webhook_deliveries (webhook, id);
CREATE INDEX webhook_deliveries_time ON webhook_deliveries (time);
CREATE INDEX webhook_deliveries_about ON webhook_deliveries (about) WHERE about <> 0;

CREATE INDEX outbox_conversions ON outbox (about) WHERE event = 'conversion.created';
CREATE INDEX links_expires ON links (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE link_expiry (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  told_to INTEGER NOT NULL             -- links that expired by then have been told of
);
INSERT INTO link_expiry VALUES (1, 0);
)sql",
    R"sql(
-- The place in kWebhookFormatNames.
ALTER TABLE webhooks ADD COLUMN format INTEGER NOT NULL DEFAULT 0;
ALTER TABLE workspaces ADD COLUMN experiment_cookie INTEGER NOT NULL DEFAULT 0;
)sql",
    R"sql(
CREATE TABLE export_buckets (
  export INTEGER PRIMARY KEY REFERENCES exports ON DELETE CASCADE,
  endpoint TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  access_key_id TEXT NOT NULL,
  secret_access_key TEXT NOT NULL,     -- as it is: requests are signed with it
  path_style INTEGER NOT NULL,
  UNIQUE (endpoint, name, prefix)
);
ALTER TABLE export_runs ADD COLUMN upload_state INTEGER NOT NULL DEFAULT 0;  -- kUploadStateNames
ALTER TABLE export_runs ADD COLUMN upload_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE export_runs ADD COLUMN upload_next_try INTEGER NOT NULL DEFAULT 0;
ALTER TABLE export_runs ADD COLUMN upload_error TEXT NOT NULL DEFAULT '';
ALTER TABLE export_runs ADD COLUMN uploaded_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX export_runs_upload ON export_runs (upload_state, upload_next_try);
CREATE INDEX export_runs_uploads ON export_runs (export, upload_state);
)sql",
    R"sql(
CREATE TABLE link_history (
  link INTEGER NOT NULL,               -- that may be gone
  n INTEGER NOT NULL,                  -- counts the edits of this link, from 1
  workspace INTEGER NOT NULL,
  time INTEGER NOT NULL,
  kind INTEGER NOT NULL,               -- the place in kLinkEditKindNames
  by_kind INTEGER NOT NULL,            -- the place in kEditorKindNames
  by_id INTEGER NOT NULL,              -- of a user or a key that may be gone, else 0
  by_name TEXT NOT NULL,
  changes TEXT NOT NULL,               -- links/link_edit_json.h
  PRIMARY KEY (link, n)
) WITHOUT ROWID;
)sql"};
constexpr std::int64_t kWithHosts = 3;

}  // namespace

Result<void> migrate_links(Database& db, UnixMillis now) {
  const auto newest = static_cast<std::int64_t>(kSteps.size());
  // Two processes that start at once must not both run a step, so the version is read inside.
  return transaction(db, [&](Database& in) -> Result<void> {
    TRY_ASSIGN(const auto version, in.number("PRAGMA user_version"));
    if (version.value_or(0) > newest)
      return fail(ErrorCode::conflict,
                  "links.db has version " + std::to_string(*version) + ", this program knows " +
                      std::to_string(newest),
                  "start the newer program, or restore a backup of its time");
    for (std::int64_t step = version.value_or(0); step < newest; ++step)
      TRY(in.script(kSteps[static_cast<std::size_t>(step)]));
    if (version.value_or(0) < kWithHosts) TRY(index_hosts(in));
    TRY(in.script("PRAGMA user_version = " + std::to_string(newest)));
    return in.run(
        "INSERT INTO workspaces (name, created_at) SELECT 'default', ? "
        "WHERE NOT EXISTS (SELECT 1 FROM workspaces)",
        now);
  });
}

}  // namespace tally
