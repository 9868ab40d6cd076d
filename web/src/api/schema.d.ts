// SPDX-License-Identifier: Apache-2.0
// Generated from src/api/openapi.json by `npm run generate`. Edit that file, not this one.
export interface paths {
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in */
        get: operations["getSession"];
        put?: never;
        /**
         * Log in
         * @description At most 10 failures in 15 minutes for an address, and for an account; then 429.
         */
        post: operations["createSession"];
        /** Log out */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the first admin still has to be made */
        get: operations["getSetup"];
        put?: never;
        /** Make the first admin */
        post: operations["createSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys of the workspace
         * @description Needs `admin`.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make an API key
         * @description Needs `admin`. A key of scope `convert:public` may have no other scope (422 `public_alone`).
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Needs `admin`.
         */
        delete: operations["deleteKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meta": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version, attribution and what is kept of visitors */
        get: operations["getMeta"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Links, one page
         * @description Needs `links:read`.
         */
        get: operations["listLinks"];
        put?: never;
        /**
         * Make a link
         * @description Needs `links:write`.
         */
        post: operations["createLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make many links
         * @description Needs `links:write`. All or none: 1 to 10,000 links in at most 32 MiB. When some are wrong nothing is stored, and the answer is `invalid_items` with `errors`, each with the item's index and its field.
         */
        post: operations["createLinks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        /**
         * One link
         * @description Needs `links:read`.
         */
        get: operations["getLink"];
        put?: never;
        post?: never;
        /**
         * Remove a link
         * @description Needs `links:write`.
         */
        delete: operations["deleteLink"];
        options?: never;
        head?: never;
        /**
         * Change a link
         * @description Needs `links:write`. The redirect follows within 100 ms. A `click_limit` where there was none counts the human clicks so far; 503 while they are not all stored.
         */
        patch: operations["updateLink"];
        trace?: never;
    };
    "/api/v1/links/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        /**
         * Who changed what of a link, newest first
         * @description Needs `links:read`. The newest 200 edits of a link; also of one that was deleted, until it is erased or past its retention.
         */
        get: operations["listLinkHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/qr.svg": {
        parameters: {
            query?: {
                /** @description Side of the picture in pixels, margin included. */
                size?: components["parameters"]["qr_size"];
                /** @description Quiet ground on each side, in modules; scanners are promised 4. */
                margin?: components["parameters"]["qr_margin"];
                /** @description Of the modules: `#rgb`, `#rrggbb` or `#rrggbbaa`, the `#` escaped as `%23` or left out. Clearly darker than the background: a contrast ratio of 2 and a luminance lower by 0.2, or more. */
                color?: components["parameters"]["qr_color"];
                /** @description As `color`, or `transparent`, which is judged as white. */
                background?: components["parameters"]["qr_background"];
                /** @description Error correction: about 7, 15, 25 or 30 % of the code may be lost. A higher level is used where it needs no larger code, and H whenever there is a logo. */
                level?: components["parameters"]["qr_level"];
                /** @description For a pattern (`:token`), and needed there: which of its short URLs the code leads to. */
                token?: components["parameters"]["qr_token"];
                /** @description 1: answered as a file to save. */
                download?: components["parameters"]["qr_download"];
            };
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        /**
         * QR code as SVG
         * @description Needs `links:read`. The code holds the short URL with `?qr=1`, so that scans are counted apart (`trigger` is `qr`). The picture is one path, without scripts or styles.
         */
        get: operations["getQrSvg"];
        put?: never;
        /**
         * QR code with a logo as SVG
         * @description Needs `links:read`; stores nothing. The body is a PNG of at most 256 KiB and 1024 x 1024 pixels. The level is always H, and the logo is drawn in the middle, as large as the code can lose without being harder to read than one of level M.
         */
        post: operations["drawQrSvg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/{id}/qr.png": {
        parameters: {
            query?: {
                /** @description Side of the picture in pixels, margin included. */
                size?: components["parameters"]["qr_size"];
                /** @description Quiet ground on each side, in modules; scanners are promised 4. */
                margin?: components["parameters"]["qr_margin"];
                /** @description Of the modules: `#rgb`, `#rrggbb` or `#rrggbbaa`, the `#` escaped as `%23` or left out. Clearly darker than the background: a contrast ratio of 2 and a luminance lower by 0.2, or more. */
                color?: components["parameters"]["qr_color"];
                /** @description As `color`, or `transparent`, which is judged as white. */
                background?: components["parameters"]["qr_background"];
                /** @description Error correction: about 7, 15, 25 or 30 % of the code may be lost. A higher level is used where it needs no larger code, and H whenever there is a logo. */
                level?: components["parameters"]["qr_level"];
                /** @description For a pattern (`:token`), and needed there: which of its short URLs the code leads to. */
                token?: components["parameters"]["qr_token"];
                /** @description 1: answered as a file to save. */
                download?: components["parameters"]["qr_download"];
            };
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        /**
         * QR code as PNG
         * @description Needs `links:read`. The code holds the short URL with `?qr=1`, so that scans are counted apart (`trigger` is `qr`). Each module is a whole number of pixels; what is left over goes to the margin.
         */
        get: operations["getQrPng"];
        put?: never;
        /**
         * QR code with a logo as PNG
         * @description Needs `links:read`; stores nothing. The body is a PNG of at most 256 KiB and 1024 x 1024 pixels. The level is always H, and the logo is drawn in the middle, as large as the code can lose without being harder to read than one of level M.
         */
        post: operations["drawQrPng"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Domains of the workspace
         * @description Needs `links:read`. By host; the default domain, which is the setting `links.base_url`, is not among them.
         */
        get: operations["listDomains"];
        put?: never;
        /**
         * Add a domain
         * @description Needs `admin`. From then on hosts that are neither this nor another domain nor the default one answer 404.
         */
        post: operations["createDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["domain_id"];
            };
            cookie?: never;
        };
        /**
         * One domain
         * @description Needs `links:read`.
         */
        get: operations["getDomain"];
        put?: never;
        post?: never;
        /**
         * Remove a domain
         * @description Needs `admin`. Refused with `domain_in_use` while links are on it.
         */
        delete: operations["deleteDomain"];
        options?: never;
        head?: never;
        /**
         * Change a domain
         * @description Needs `admin`. The edge follows within 100 ms.
         */
        patch: operations["updateDomain"];
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Settings of the workspace
         * @description Needs `stats:read`.
         */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change settings
         * @description Needs `admin`. Conflicts: `currency_in_use` while there are costs, or conversions with a value, in the currency of before, `name_taken`.
         */
        patch: operations["updateSettings"];
        trace?: never;
    };
    "/api/v1/impressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Impressions that were entered
         * @description Needs `stats:read`. By day, then by link.
         */
        get: operations["listImpressions"];
        put?: never;
        /**
         * Enter impressions
         * @description Needs `links:write`. An entry sets the value of its link and day. All are stored or none; 32 MiB at most. In CSV a link is an id, the path of its short URL, or that path behind its domain.
         */
        post: operations["enterImpressions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/impressions/{id}/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
                /** @description Day of the entry. */
                day: components["parameters"]["figure_day"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an entry
         * @description Needs `links:write`.
         */
        delete: operations["deleteImpressions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Costs that were entered
         * @description Needs `stats:read`. By day, then by link.
         */
        get: operations["listCosts"];
        put?: never;
        /**
         * Enter costs
         * @description Needs `links:write`. An entry sets the value of its link and day. All are stored or none; 32 MiB at most. In CSV a link is an id, the path of its short URL, or that path behind its domain. Conflict `no_currency`: the workspace has to choose one first. A column or field `currency` is taken if it says the same.
         */
        post: operations["enterCosts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/costs/{id}/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
                /** @description Day of the entry. */
                day: components["parameters"]["figure_day"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an entry
         * @description Needs `links:write`.
         */
        delete: operations["deleteCosts"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Headline numbers
         * @description Needs `stats:read`.
         */
        get: operations["getSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/timeseries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks over time
         * @description Needs `stats:read`. At most 10,000 points.
         */
        get: operations["getTimeseries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/velocity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How fast clicks come, against what their past makes likely
         * @description Needs `stats:read`. Buckets far above their own baseline are spikes; a platform that falls away while the others go on is a drop. Eight weeks before the range (120 days by the day) are read to learn from.
         */
        get: operations["getVelocity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/heatmap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks by hour of the week
         * @description Needs `stats:read`. Always 168 cells, Monday to Sunday, 0 to 23 o'clock in `tz`, or with `clock=visitor` where each visitor is. The range is one of `tz` either way.
         */
        get: operations["getHeatmap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/breakdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks by one dimension
         * @description Needs `stats:read`. Rows add up to `total`, except by `tag`.
         */
        get: operations["getBreakdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/breakdowns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks by several dimensions
         * @description Needs `stats:read`. What `stats/breakdown` answers by each of them, in one question: the panels of a page are there sooner, and of one moment.
         */
        get: operations["getBreakdowns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks or counts as CSV
         * @description Needs `stats:read`. Every single hit of the question, or with `by` all rows of the breakdown, or with `interval` the points of the series. Sent while it is made: a connection that is cut before the end of the answer means that there was more. `raw` matters to CSV only.
         */
        get: operations["exportCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export.ndjson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks or counts as JSON lines
         * @description Needs `stats:read`. Every single hit of the question, or with `by` all rows of the breakdown, or with `interval` the points of the series. Sent while it is made: a connection that is cut before the end of the answer means that there was more. `raw` matters to CSV only.
         */
        get: operations["exportNdjson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export.parquet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks or counts as Parquet
         * @description Needs `stats:read`. Every single hit of the question, or with `by` all rows of the breakdown, or with `interval` the points of the series. Sent while it is made: a connection that is cut before the end of the answer means that there was more. `raw` matters to CSV only.
         */
        get: operations["exportParquet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The way from impression to conversion
         * @description Needs `stats:read`. Of people: `traffic` can only be `human`. Dated by the click. Steps that nothing is known of have the count null and are passed over: a rate relates to the last step before that has a count. Impressions are known where those of the summary are.
         */
        get: operations["getFunnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/best_time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When people click
         * @description Needs `stats:read`. The hours of the week that stand out, of one link with `link=`, of one channel with `channel=`. An hour is told only when it lies above the average by more than 168 looks at chance allow, was seen in three weeks, and is above the average without its busiest week; else there are none and `reason` says why. Whole hours only. Method: docs/reference/statistics.md.
         */
        get: operations["getBestTime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/geo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Markets
         * @description Needs `stats:read`. Countries, regions or cities with their growth, how concentrated the clicks are on few of them, and which do better or worse than the rest. Rows add up to `total`, in both periods: clicks from places that nobody could tell are the row of kind `unknown`, what `limit` cuts off is `rest`. Method: docs/reference/statistics.md.
         */
        get: operations["getGeo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Links, or values of any dimension, side by side
         * @description Needs `stats:read`. Two to ten values of `by`, each with the numbers of the summary under all filters of the question and its clicks in the period before. Rates are held against those of the first value.
         */
        get: operations["getComparison"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Channels side by side
         * @description Needs `stats:read`. Clicks under the channel they were counted with, impressions and costs under the channel of their link.
         */
        get: operations["getChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks as they come
         * @description Needs `stats:read`. Server-Sent Events: `click` with a hit as `/clicks` lists it, within a second of it; `second` with the counts of a second that is over and had hits: `clicks` and `unique_clicks` follow `traffic`, `bots` does not, and `skipped` are the rows of that second that were not shown, since no more than 2,000 are; `gap` when more was missed than is given again. A comment comes every 15 seconds. The stream ends after 15 minutes: browsers come back by themselves and go on behind the last row. At most 1,024 streams are open at a time.
         */
        get: operations["watchClicks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clicks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Single hits, newest first
         * @description Needs `stats:read`. Every outcome is listed unless `outcome` filters it; with `traffic=all` HEAD and prefetch requests too.
         */
        get: operations["listClicks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import/clicks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether imported clicks are fully counted
         * @description Needs `admin`.
         */
        get: operations["getImport"];
        put?: never;
        /**
         * Clicks of the past
         * @description Needs `admin`. All clicks of the body are stored, or none and `errors` names the lines at fault. Fields and columns are those of an export, in any order; `time` is needed, and the link's name (`domain`, `prefix`, `token`) unless `outcome` is `not_found`. `link_id`, `workspace_id` and `imported` are read over. A click that is stored already, by its `click_id` or its line and where that stands, is not stored again. `visitor` (any text that names a person within a UTC day), or `ip` with `user_agent`, says whose a click is: then first clicks are worked out from all that is stored; else `first` and `first_ws` are taken as they are told.
         */
        post: operations["importClicks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversions, newest first
         * @description Needs `stats:read`.
         */
        get: operations["listConversions"];
        put?: never;
        /**
         * Tell of a conversion
         * @description Needs `convert:write`. It is safe once it is answered, and counts as soon as its click is found: at once as a rule. A repeated request is answered with 200 and the conversion as it is now.
         */
        post: operations["createConversion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["conversion_id"];
            };
            cookie?: never;
        };
        /**
         * One conversion
         * @description Needs `stats:read`.
         */
        get: operations["getConversion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is being and was erased
         * @description Needs `admin`. Newest first; the last 100 of all workspaces are kept.
         */
        get: operations["listErases"];
        put?: never;
        /**
         * Erase the clicks of a link or of a visitor for good
         * @description Needs `admin`. Name one of the two. Everything received of it so far, in [`from`, `to`) if a range is given, goes from the click store, the counts that were made ahead, both logs, files of scheduled exports (which are made anew), and the list of conversions; unique clicks of the days concerned are worked out again from what is left. A link may have been removed already, and a link that is there stays; impressions and costs stay too. A visitor is one of a UTC day. Erases wait for each other, at most 100 (conflict `too_many_erases`), survive restarts, and cannot be undone.
         */
        post: operations["createErase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/erase/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How an erase is going
         * @description Needs `admin`.
         */
        get: operations["getErase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Experiments, newest first
         * @description Needs `stats:read`. What they found is told of one at a time.
         */
        get: operations["listExperiments"];
        put?: never;
        /**
         * Begin an experiment
         * @description Needs `links:write`. With `link_ids` it compares links by human clicks ÷ impressions, in whole days of the zone that the workspace reports in. With `link_id` it compares the variants that this link has now, by unique clicks whose visitor converted that UTC day ÷ unique clicks; later changes of the link do not change the experiment.
         */
        post: operations["createExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/experiments/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many visitors an experiment would need
         * @description Needs `stats:read`. `fixed` is for who looks once, at the end: the two-proportion z test (Fleiss, Levin and Paik 2003; R's power.prop.test). `always_valid` is for who looks at the verdict all along: where one look finds the effect with that power; many experiments end sooner.
         */
        get: operations["planExperiment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/experiments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["experiment_id"];
            };
            cookie?: never;
        };
        /**
         * An experiment and what it found
         * @description Needs `stats:read`. May be asked as often as you like: the verdict follows from the always-valid p and from nothing else. Methods: docs/reference/statistics.md.
         */
        get: operations["getExperiment"];
        put?: never;
        post?: never;
        /**
         * Remove an experiment
         * @description Needs `links:write`. Links and clicks stay.
         */
        delete: operations["deleteExperiment"];
        options?: never;
        head?: never;
        /**
         * Change an experiment
         * @description Needs `links:write`. `state` `ended` ends it now, `running` takes its end away. Arms and start stay what they are.
         */
        patch: operations["updateExperiment"];
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scheduled exports, newest first
         * @description Needs `stats:read`.
         */
        get: operations["listExports"];
        put?: never;
        /**
         * Write a file whenever an hour, day, week or month is over
         * @description Needs `links:write`. Periods are whole hours of UTC, or days, ISO weeks or months of the zone that the workspace reports in. One is written when it is over and everything received in it is stored, and told of by the event `export.ready`. It says what an export says, but for the range. With a `bucket` it is put there as well, and after it a manifest.
         */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
            };
            cookie?: never;
        };
        /**
         * A scheduled export and how it stands
         * @description Needs `stats:read`.
         */
        get: operations["getExport"];
        put?: never;
        post?: never;
        /**
         * Remove a scheduled export
         * @description Needs `links:write`. Its files and the list of its runs go too.
         */
        delete: operations["deleteExport"];
        options?: never;
        head?: never;
        /**
         * Change a scheduled export
         * @description Needs `links:write`. A JSON merge-patch; `filters` name by name, `bucket` field by field. Format, period and beginning stay. Files that are there stay as they are; a bucket that is new, or another place in one, gets them.
         */
        patch: operations["updateExport"];
        trace?: never;
    };
    "/api/v1/exports/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a small object into its bucket and delete it
         * @description Needs `links:write`. One test of a bucket or webhook at a time: `test_running`. `no_bucket` where it names none. What the bucket answered is no error of this request.
         */
        post: operations["testExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
            };
            cookie?: never;
        };
        /**
         * Its periods, newest first
         * @description Needs `stats:read`. Those whose file is gone are listed for 400 days.
         */
        get: operations["listExportRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/runs/{of}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
                /** @description The period: a day, an ISO week or a month. */
                of: components["parameters"]["export_of"];
            };
            cookie?: never;
        };
        /**
         * What became of a period
         * @description Needs `stats:read`.
         */
        get: operations["getExportRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/runs/{of}/file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
                /** @description The period: a day, an ISO week or a month. */
                of: components["parameters"]["export_of"];
            };
            cookie?: never;
        };
        /**
         * The file of a period
         * @description Needs `stats:read`. Conflict `not_ready` until it is written; 404 once it is gone.
         */
        get: operations["getExportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alerts, newest first
         * @description Needs `stats:read`.
         */
        get: operations["listAlerts"];
        put?: never;
        /**
         * Watch clicks
         * @description Needs `links:write`. The last hour or day that is over is judged at once, then each one when it is over and stored, in the zone that the workspace reports in. `spike` and `drop` are those of `/stats/velocity`.
         */
        post: operations["createAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["alert_id"];
            };
            cookie?: never;
        };
        /**
         * An alert and its state
         * @description Needs `stats:read`.
         */
        get: operations["getAlert"];
        put?: never;
        post?: never;
        /**
         * Remove an alert and its history
         * @description Needs `links:write`.
         */
        delete: operations["deleteAlert"];
        options?: never;
        head?: never;
        /**
         * Change an alert
         * @description Needs `links:write`. A merge-patch, of the filters too. What it watches for stays. One that then asks something else is judged anew, from `unknown` on.
         */
        patch: operations["updateAlert"];
        trace?: never;
    };
    "/api/v1/alerts/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["alert_id"];
            };
            cookie?: never;
        };
        /**
         * Its changes of state, newest first
         * @description Needs `stats:read`. Kept for 400 days.
         */
        get: operations["listAlertHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["alert_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send its recipients a test mail
         * @description Needs `links:write`. Says what the mail server answered for each recipient, up to the first for whom it did not answer at all.
         */
        post: operations["testAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Webhooks, newest first
         * @description Needs `stats:read`. Never with a secret.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Tell a receiver of events
         * @description Needs `links:write`. The answer is the only one that has the `secret`, besides that of a rotation. `too_many_webhooks`: a workspace has at most 100.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        /**
         * A webhook and how it stands
         * @description Needs `stats:read`.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Remove a webhook, its log and its dead letters
         * @description Needs `links:write`.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Needs `links:write`. A merge-patch, of the filter too. What its requests are signed with stays. One that is switched on is told of what happens from then on; that, and another `url`, ends its failing. `changed_meanwhile`: read it again.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give it a new secret
         * @description Needs `links:write`. Until `previous_secret_until` requests are signed with both; a secret from an earlier rotation ends now. `not_our_secret`: the key of a tool is theirs; PATCH `api_key`.
         */
        post: operations["rotateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send it a test event and wait for the answer
         * @description Needs `links:write`. One at a time for a webhook: `test_running`. What the receiver answered is no error of this request.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        /**
         * Requests that were made, newest first
         * @description Needs `stats:read`. The newest 1,000 of the last 30 days.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        /**
         * Events that were given up, newest first
         * @description Needs `stats:read`. Kept for 30 days after the event.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again what was not delivered
         * @description Needs `links:write`. One event, a dead letter or one that waits for its next try, by `event_id`; or the dead letters of events that happened in [`from`, `to`).
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traffic/reclassify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Judge stored hits again by the rules of now
         * @description Needs `admin`. Starts a job that runs the traffic classes over the stored hits of the workspace received in [`from`, `to`) and changes those whose class or reason is another one now; one job runs at a time. First clicks are worked out again for the days it touches. HEAD, prefetch and imported hits are kept, and so are hits without a whole stored user agent (longer than 508 bytes, or taken away for privacy), hits of links that have a click limit, and scanner suspects unless they are released.
         */
        post: operations["createReclassification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traffic/reclassify/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a reclassification is going, and its report
         * @description Needs `admin`. The last 16 jobs are kept.
         */
        get: operations["getReclassification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each part with its state */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prometheus metrics
         * @description Open on loopback; from elsewhere it needs a key with `stats:read`.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description RFC 9457. `code` is stable; texts are not.
         * @example {
         *       "type": "about:blank",
         *       "title": "Invalid field",
         *       "status": 422,
         *       "detail": "must begin with https:// or http://",
         *       "code": "bad_scheme",
         *       "field": "destination",
         *       "request_id": "7F3QK2M9XW4T"
         *     }
         */
        Problem: {
            /** @constant */
            type: "about:blank";
            title: string;
            status: number;
            detail: string;
            code: string;
            /** @description Field or parameter at fault. */
            field?: string;
            /** @description Of a list: what is wrong with which item. At most 100 are shown. */
            errors?: {
                index: number;
                code: string;
                detail: string;
                field?: string;
                /** @description Of a CSV body: where the entry begins. */
                line?: number;
            }[];
            /** @description The same as in X-Request-Id and in the log. */
            request_id: string;
        };
        Session: {
            user: {
                id: string;
                email: string;
            };
            workspace: {
                id: string;
                name: string;
            };
        };
        SessionCreate: {
            email: string;
            password: string;
        };
        Setup: {
            /** @description True until the first admin exists. */
            needed: boolean;
        };
        SetupCreate: {
            /** @description From the link that `serve` prints on its first start. */
            token: string;
            email: string;
            password: string;
        };
        /**
         * @description `admin` includes all others but `convert:public`, `links:write` includes `links:read`. `convert:public` stands alone: such a key is for `POST /_t/convert` on the links listener, may be read by everybody, and opens nothing here.
         * @enum {string}
         */
        Scope: "links:read" | "links:write" | "stats:read" | "convert:write" | "admin" | "convert:public";
        Key: {
            id: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description To the minute; null: never used.
             */
            last_used_at: string | null;
            public_key: components["schemas"]["PublicKey"];
        };
        /** @description The key itself when it is public (`convert:public`), to be put into pages; null: it is a secret. */
        PublicKey: string | null;
        KeyCreate: {
            name: string;
            scopes: components["schemas"]["Scope"][];
        };
        KeyCreated: {
            id: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description To the minute; null: never used.
             */
            last_used_at: string | null;
            public_key: components["schemas"]["PublicKey"];
            /** @description The secret, shown here and never again; of a public key what `public_key` says. */
            key: string;
        };
        KeyList: {
            data: components["schemas"]["Key"][];
            next_cursor: string | null;
        };
        /** @description First clicks of days that were imported into are still being worked out. */
        ImportCounting: boolean;
        ImportState: {
            counting: components["schemas"]["ImportCounting"];
        };
        ImportResult: {
            /** @description In the body. */
            clicks: number;
            /** @description Of them; 0 with `check=1`. */
            added: number;
            /** @description Of them, that were stored already; 0 with `check=1`. */
            known: number;
            counting: components["schemas"]["ImportCounting"];
        };
        Meta: {
            version: string;
            /** @description To be shown wherever geography is; null without a geo database. */
            geo_attribution: string | null;
            /** @description What is kept of people who follow links, for a page that tells them. */
            privacy: {
                /**
                 * @description What of an address is stored with a click (`privacy.ip`).
                 * @enum {string}
                 */
                ip: "none" | "truncated" | "full";
                /**
                 * @description What DNT and Global Privacy Control change (`privacy.signals`).
                 * @enum {string}
                 */
                signals: "ignore" | "anonymise" | "do_not_record";
                /** @description null where there are several, which may differ. */
                workspace: {
                    /** @description null: clicks are kept for ever. */
                    retention_days: number | null;
                    experiment_cookie: boolean;
                } | null;
            };
        };
        /**
         * @example {
         *       "id": "lnk_42",
         *       "domain": null,
         *       "prefix": "promo",
         *       "token": "summer-sale",
         *       "destination": "https://shop.example/summer",
         *       "title": "Summer sale",
         *       "tags": [
         *         "newsletter"
         *       ],
         *       "campaign": "summer",
         *       "channel": null,
         *       "utm": {
         *         "source": "newsletter",
         *         "medium": "email",
         *         "campaign": null,
         *         "content": null,
         *         "term": null
         *       },
         *       "ios": {
         *         "url": null,
         *         "store_url": null
         *       },
         *       "android": {
         *         "url": null,
         *         "store_url": null
         *       },
         *       "rules": [],
         *       "variants": [],
         *       "og": {
         *         "title": null,
         *         "description": null,
         *         "image_url": null
         *       },
         *       "fallback_url": null,
         *       "password": null,
         *       "click_limit": null,
         *       "status": 302,
         *       "passthrough": false,
         *       "append_click_id": false,
         *       "landing": false,
         *       "privacy": "standard",
         *       "enabled": true,
         *       "starts_at": null,
         *       "expires_at": "2027-09-01T00:00:00.000Z",
         *       "created_at": "2027-06-01T09:30:00.000Z",
         *       "updated_at": "2027-06-01T09:30:00.000Z",
         *       "short_url": "https://go.example/promo/summer-sale",
         *       "warnings": []
         *     }
         */
        Link: {
            id: string;
            /** @description null: the default domain. */
            domain: string | null;
            /** @description First part of the short path. */
            prefix: string;
            /** @description Second part of the short path, decoded, without '/'; null: none. At most 255 bytes. */
            token: string | null;
            /** @description Where the link leads. */
            destination: string;
            /** @description For people. null: none. */
            title: string | null;
            /** @description Repetitions are folded; order is kept. */
            tags: string[];
            /** @description Used for a click when neither the short URL nor `utm.campaign` names one. */
            campaign: string | null;
            /** @description Overrides the channel rules for this link's clicks. */
            channel: string | null;
            /** @description Defaults for clicks whose short URL carries no tag of that name. */
            utm: {
                source: string | null;
                medium: string | null;
                campaign: string | null;
                content: string | null;
                term: string | null;
            };
            /** @description Where people on this platform go when no rule applies. */
            ios: {
                /** @description http, https, or an app scheme of the setting `links.app_schemes`; may hold placeholders. */
                url: string | null;
                /** @description The app's page in its store: http, https or `itms-apps`. */
                store_url: string | null;
            };
            /** @description Where people on this platform go when no rule applies. */
            android: {
                /** @description http, https, or an app scheme of the setting `links.app_schemes`; may hold placeholders. */
                url: string | null;
                /** @description The app's page in its store: http, https or `market`. */
                store_url: string | null;
            };
            /** @description The first that applies decides. */
            rules: components["schemas"]["Rule"][];
            /** @description Shares of those whom neither a rule nor a platform sends elsewhere; none: all go to `destination`. */
            variants: components["schemas"]["Variant"][];
            /** @description What preview fetchers are shown instead of the redirect; all null: they get the redirect. */
            og: {
                title: string | null;
                description: string | null;
                /** @description http or https. */
                image_url: string | null;
            };
            /** @description Where people are sent while the link is not open; null shows a page. */
            fallback_url: string | null;
            /**
             * @description `********` when one is asked for; the password itself is stored as a hash only.
             * @enum {string|null}
             */
            password: "********" | null;
            /** @description Human clicks let through since creation; null: no limit. */
            click_limit: number | null;
            /**
             * @description 301 and 307 let browsers repeat without asking: such clicks are not counted.
             * @enum {integer}
             */
            status: 302 | 307 | 301;
            /** @description The short URL's query goes on to the destination. */
            passthrough: boolean;
            /** @description The destination gets the click's id as `tm_cid`. */
            append_click_id: boolean;
            /** @description A page with a beacon comes before the destination. */
            landing: boolean;
            /**
             * @description `do_not_record`: of a click only time, link and outcome are kept.
             * @enum {string}
             */
            privacy: "standard" | "do_not_record";
            enabled: boolean;
            /**
             * Format: date-time
             * @description Not open before; null: at once. UTC.
             */
            starts_at: string | null;
            /**
             * Format: date-time
             * @description Not open from then on; null: never. UTC.
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            updated_at: string;
            /**
             * Format: uri
             * @description What to share.
             */
            short_url: string;
            /** @description What is allowed but may surprise: `repeats_hidden`. */
            warnings: {
                code: string;
                field: string;
                detail: string;
            }[];
        };
        /** @description Only `destination` is needed. `token` needs `prefix`. */
        LinkCreate: {
            /** @description Host of one of the workspace's domains; null: the default domain. */
            domain?: string | null;
            /** @description First part of the short path. Left out on create: seven random characters. `_t`, `.well-known`, `robots.txt` and `favicon.ico` are reserved. */
            prefix?: string;
            /** @description Second part of the short path, decoded, without '/'; null: none; `:token`: a pattern that matches any. At most 255 bytes. */
            token?: string | null;
            /** @description Absolute http or https URL without credentials, and not one of this server's own short links. `{click_id}` and, in a pattern, `{token}` may stand after the host. At most 2048 bytes. */
            destination: string;
            /** @description For people. null: none. */
            title?: string | null;
            /** @description Repetitions are folded; order is kept. */
            tags?: string[];
            /** @description Used for a click when neither the short URL nor `utm.campaign` names one. */
            campaign?: string | null;
            /** @description Overrides the channel rules for this link's clicks. */
            channel?: string | null;
            /** @description Defaults for clicks whose short URL carries no tag of that name. */
            utm?: {
                source?: string | null;
                medium?: string | null;
                campaign?: string | null;
                content?: string | null;
                term?: string | null;
            } | null;
            /** @description Where people on this platform go when no rule applies. */
            ios?: {
                /** @description http, https, or an app scheme of the setting `links.app_schemes`; may hold placeholders. */
                url?: string | null;
                /** @description The app's page in its store: http, https or `itms-apps`. */
                store_url?: string | null;
            } | null;
            /** @description Where people on this platform go when no rule applies. */
            android?: {
                /** @description http, https, or an app scheme of the setting `links.app_schemes`; may hold placeholders. */
                url?: string | null;
                /** @description The app's page in its store: http, https or `market`. */
                store_url?: string | null;
            } | null;
            /** @description The first that applies decides. Replaced as a whole. */
            rules?: components["schemas"]["Rule"][];
            /** @description Shares of those whom neither a rule nor a platform sends elsewhere; none: all go to `destination`. */
            variants?: components["schemas"]["Variant"][];
            /** @description What preview fetchers are shown instead of the redirect; all null: they get the redirect. */
            og?: {
                title?: string | null;
                description?: string | null;
                /** @description http or https. */
                image_url?: string | null;
            } | null;
            /** @description Where people are sent while the link is not open; null shows a page. */
            fallback_url?: string | null;
            /** @description 1 to 256 bytes; null: none is asked for. `********`, which is what is read, leaves it as it is. */
            password?: string | null;
            /** @description Human clicks let through since creation; null: no limit. */
            click_limit?: number | null;
            /**
             * @description 301 and 307 let browsers repeat without asking: such clicks are not counted.
             * @enum {integer}
             */
            status?: 302 | 307 | 301;
            /** @description The short URL's query goes on to the destination. */
            passthrough?: boolean;
            /** @description The destination gets the click's id as `tm_cid`. */
            append_click_id?: boolean;
            /** @description A page with a beacon comes before the destination. */
            landing?: boolean;
            /**
             * @description `do_not_record`: of a click only time, link and outcome are kept.
             * @enum {string}
             */
            privacy?: "standard" | "do_not_record";
            enabled?: boolean;
            /**
             * Format: date-time
             * @description Not open before; null: at once. ISO 8601 with offset.
             */
            starts_at?: string | null;
            /**
             * Format: date-time
             * @description Not open from then on; null: never. ISO 8601 with offset, after `starts_at`.
             */
            expires_at?: string | null;
        };
        LinkEdit: {
            /** @description Counts the edits of this link. */
            id: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            kind: "created" | "updated" | "deleted" | "expired";
            by: {
                /** @enum {string} */
                kind: "system" | "user" | "key";
                /** @description Of a person or a key that may be gone. */
                id: string | null;
                /** @description A person's address or a key's name, as it was then. */
                name: string | null;
            };
            /** @description The fields that differ. A created link is compared with one that says nothing, a deleted one likewise. */
            changes: components["schemas"]["LinkFieldChange"][];
        };
        LinkFieldChange: {
            /** @enum {string} */
            field: "domain" | "prefix" | "token" | "destination" | "title" | "tags" | "campaign" | "channel" | "utm" | "ios" | "android" | "rules" | "variants" | "og" | "fallback_url" | "password" | "click_limit" | "status" | "passthrough" | "append_click_id" | "landing" | "privacy" | "enabled" | "starts_at" | "expires_at";
            /** @description As the link had it; null when the link is new. A password is only ever its mask. */
            before: unknown;
            /** @description As the link has it then; null when it is deleted. */
            after: unknown;
            /** @description Both values are left out: an edit keeps 32 KiB of them. */
            too_long?: boolean;
        };
        LinkHistory: {
            data: components["schemas"]["LinkEdit"][];
            next_cursor: string | null;
        };
        /** @description JSON merge-patch (RFC 7396): what is left out stays, null removes. */
        LinkPatch: {
            /** @description Host of one of the workspace's domains; null: the default domain. */
            domain?: string | null;
            /** @description First part of the short path. Left out on create: seven random characters. `_t`, `.well-known`, `robots.txt` and `favicon.ico` are reserved. */
            prefix?: string;
            /** @description Second part of the short path, decoded, without '/'; null: none; `:token`: a pattern that matches any. At most 255 bytes. */
            token?: string | null;
            /** @description Absolute http or https URL without credentials, and not one of this server's own short links. `{click_id}` and, in a pattern, `{token}` may stand after the host. At most 2048 bytes. */
            destination?: string;
            /** @description For people. null: none. */
            title?: string | null;
            /** @description Repetitions are folded; order is kept. */
            tags?: string[];
            /** @description Used for a click when neither the short URL nor `utm.campaign` names one. */
            campaign?: string | null;
            /** @description Overrides the channel rules for this link's clicks. */
            channel?: string | null;
            /** @description Defaults for clicks whose short URL carries no tag of that name. */
            utm?: {
                source?: string | null;
                medium?: string | null;
                campaign?: string | null;
                content?: string | null;
                term?: string | null;
            } | null;
            /** @description Where people on this platform go when no rule applies. */
            ios?: {
                /** @description http, https, or an app scheme of the setting `links.app_schemes`; may hold placeholders. */
                url?: string | null;
                /** @description The app's page in its store: http, https or `itms-apps`. */
                store_url?: string | null;
            } | null;
            /** @description Where people on this platform go when no rule applies. */
            android?: {
                /** @description http, https, or an app scheme of the setting `links.app_schemes`; may hold placeholders. */
                url?: string | null;
                /** @description The app's page in its store: http, https or `market`. */
                store_url?: string | null;
            } | null;
            /** @description The first that applies decides. Replaced as a whole. */
            rules?: components["schemas"]["Rule"][];
            /** @description Shares of those whom neither a rule nor a platform sends elsewhere; none: all go to `destination`. */
            variants?: components["schemas"]["Variant"][];
            /** @description What preview fetchers are shown instead of the redirect; all null: they get the redirect. */
            og?: {
                title?: string | null;
                description?: string | null;
                /** @description http or https. */
                image_url?: string | null;
            } | null;
            /** @description Where people are sent while the link is not open; null shows a page. */
            fallback_url?: string | null;
            /** @description 1 to 256 bytes; null: none is asked for. `********`, which is what is read, leaves it as it is. */
            password?: string | null;
            /** @description Human clicks let through since creation; null: no limit. */
            click_limit?: number | null;
            /**
             * @description 301 and 307 let browsers repeat without asking: such clicks are not counted.
             * @enum {integer}
             */
            status?: 302 | 307 | 301;
            /** @description The short URL's query goes on to the destination. */
            passthrough?: boolean;
            /** @description The destination gets the click's id as `tm_cid`. */
            append_click_id?: boolean;
            /** @description A page with a beacon comes before the destination. */
            landing?: boolean;
            /**
             * @description `do_not_record`: of a click only time, link and outcome are kept.
             * @enum {string}
             */
            privacy?: "standard" | "do_not_record";
            enabled?: boolean;
            /**
             * Format: date-time
             * @description Not open before; null: at once. ISO 8601 with offset.
             */
            starts_at?: string | null;
            /**
             * Format: date-time
             * @description Not open from then on; null: never. ISO 8601 with offset, after `starts_at`.
             */
            expires_at?: string | null;
        };
        LinkList: {
            data: components["schemas"]["Link"][];
            /** @description For `cursor`; null on the last page. */
            next_cursor: string | null;
            /** @description How many match, on all pages; null unless `count=true`. */
            total: number | null;
        };
        /** @description Part of the week in a zone of its own. One that ends before it begins goes past midnight and belongs to the day it began. */
        WeekWindow: {
            /** @description 1 is Monday. Left out: every day. */
            weekdays?: number[];
            /** @default 00:00 */
            from: string;
            /**
             * @description Not included. Differs from `from`.
             * @default 24:00
             */
            to: string;
            /**
             * @description IANA time zone.
             * @default UTC
             * @example Europe/Berlin
             */
            tz: string;
        };
        /** @description Where those go for whom all conditions hold; a list holds when any of its values does. */
        Rule: {
            if: {
                /** @description Platform of the visitor. */
                platform?: ("ios" | "android" | "desktop" | "other")[];
                /** @description Kind of device. */
                device?: ("mobile" | "tablet" | "desktop" | "tv" | "console" | "wearable" | "other")[];
                /** @description ISO 3166-1 alpha-2. */
                country?: string[];
                /** @description As clicks carry it: ISO 3166-2 part or a name. */
                region?: string[];
                /** @description First language of the browser, without region. */
                language?: string[];
                time?: components["schemas"]["WeekWindow"];
                /** @description A parameter of the short URL; with that value when one is given. */
                query?: {
                    name: string;
                    value?: string;
                };
            };
            /** @description Absolute http or https URL; may hold placeholders. */
            destination: string;
        };
        /** @description One arm of an experiment on a link. */
        Variant: {
            /** @description Unique within the link. At most 64 bytes. */
            name: string;
            /** @default 1 */
            weight: number;
            /** @description Absolute http or https URL; may hold placeholders. */
            destination: string;
        };
        LinkBulk: {
            /** @description At most 100 of them with a password. */
            links: components["schemas"]["LinkCreate"][];
        };
        LinkBulkCreated: {
            /** @description In the order of the request. */
            data: components["schemas"]["Link"][];
        };
        Domain: {
            id: string;
            /** @description Lower case, IDNA. */
            host: string;
            /**
             * Format: uri
             * @description What its short URLs begin with: scheme and port of the default domain.
             */
            base_url: string;
            /** @description Where its `/` leads; null: 404. */
            root_redirect: string | null;
            /** @description Where a path leads that is no link; null: 404. */
            not_found_redirect: string | null;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            updated_at: string;
        };
        DomainCreate: {
            /** @description A host name with a dot, or localhost; no address, no port. Other scripts are turned into IDNA. */
            host: string;
            /** @description Where its `/` leads; null: 404. */
            root_redirect?: string | null;
            /** @description Where a path leads that is no link; null: 404. */
            not_found_redirect?: string | null;
        };
        /** @description JSON merge-patch (RFC 7396): what is left out stays, null removes. */
        DomainPatch: {
            /** @description Only as it is: a domain keeps its host. */
            host?: string;
            /** @description Where its `/` leads; null: 404. */
            root_redirect?: string | null;
            /** @description Where a path leads that is no link; null: 404. */
            not_found_redirect?: string | null;
        };
        DomainList: {
            data: components["schemas"]["Domain"][];
            next_cursor: null;
        };
        /** @enum {string} */
        Outcome: "redirected" | "landing" | "expired" | "limit_reached" | "disabled" | "scheduled" | "password" | "preview_page" | "prefetch" | "not_found";
        /** @enum {string} */
        Traffic: "human" | "preview" | "crawler" | "ai" | "monitor" | "library" | "scanner_suspect" | "prefetch" | "head";
        /**
         * @description `unknown`: not known for these clicks. `rest`: what `limit` cut off, value null.
         * @enum {string}
         */
        ValueKind: "value" | "unknown" | "rest";
        SummaryPeriod: {
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            from: string;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            to: string;
            /** @description Headline clicks (outcome redirected or landing) of the traffic asked for. */
            clicks: number;
            /** @description Unique clicks (per day); null for `traffic=bot`. */
            unique_clicks: number | null;
            /** @description People over all links, a sum of daily visitors; null for `traffic=bot`. */
            visitors: number | null;
            /** @description Headline hits that are neither people, HEAD nor prefetch, whatever `traffic` says. */
            bots: number;
            /** @description Conversions that happened in the range, of clicks of the traffic asked for. */
            conversions: number;
            /** @description What they are worth together, in the workspace's currency. */
            conversion_value: number;
            /** @description Human clicks in the range with at least one conversion, whenever it happened. */
            converted_clicks: number;
            /** @description converted_clicks ÷ human clicks in the range, as a share; null without clicks. */
            conversion_rate: number | null;
            conversion_rate_interval: components["schemas"]["Interval"] | null;
            /** @description cost ÷ conversions; null without either. */
            cpa: number | null;
            /** @description Impressions entered for the days of the range; null when none were, when the range is not whole days of the zone that the workspace reports in, or with filters other than link, campaign, tag and channel. */
            impressions: number | null;
            /** @description Human clicks ÷ impressions × 100; null without impressions. */
            ctr: number | null;
            /** @description Wilson's 95 % interval of `ctr`; null with more clicks than impressions. */
            ctr_interval: components["schemas"]["PercentInterval"] | null;
            /** @description Too few impressions were entered, so `ctr` is not a share. */
            more_clicks_than_impressions: boolean;
            /** @description Costs entered, in `currency`; null like `impressions`. */
            cost: number | null;
            /** @description Cost ÷ human clicks; null without a cost and without clicks. */
            cpc: number | null;
        };
        SummaryChange: {
            /** @description (now − before) ÷ before; null when it was 0. */
            clicks: number | null;
            /** @description (now − before) ÷ before; null when it was 0. */
            unique_clicks: number | null;
            /** @description (now − before) ÷ before; null when it was 0. */
            visitors: number | null;
            /** @description (now − before) ÷ before; null when it was 0. */
            bots: number | null;
            /** @description (now − before) ÷ before; null when it was 0 or is not known. */
            impressions: number | null;
            /** @description (now − before) ÷ before; null when it was 0 or is not known. */
            ctr: number | null;
            /** @description (now − before) ÷ before; null when it was 0 or is not known. */
            cost: number | null;
            /** @description (now − before) ÷ before; null when it was 0 or is not known. */
            cpc: number | null;
            /** @description (now − before) ÷ before; null when it was 0. */
            conversions: number | null;
        };
        Summary: {
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            from: string;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            to: string;
            tz: string;
            /** @description Of costs (ISO 4217); null when the workspace has none. */
            currency: string | null;
            /** @description Headline clicks (outcome redirected or landing) of the traffic asked for. */
            clicks: number;
            /** @description Unique clicks (per day); null for `traffic=bot`. */
            unique_clicks: number | null;
            /** @description People over all links, a sum of daily visitors; null for `traffic=bot`. */
            visitors: number | null;
            /** @description Headline hits that are neither people, HEAD nor prefetch, whatever `traffic` says. */
            bots: number;
            /** @description Conversions that happened in the range, of clicks of the traffic asked for. */
            conversions: number;
            /** @description What they are worth together, in the workspace's currency. */
            conversion_value: number;
            /** @description Human clicks in the range with at least one conversion, whenever it happened. */
            converted_clicks: number;
            /** @description converted_clicks ÷ human clicks in the range, as a share; null without clicks. */
            conversion_rate: number | null;
            conversion_rate_interval: components["schemas"]["Interval"] | null;
            /** @description cost ÷ conversions; null without either. */
            cpa: number | null;
            /** @description Impressions entered for the days of the range; null when none were, when the range is not whole days of the zone that the workspace reports in, or with filters other than link, campaign, tag and channel. */
            impressions: number | null;
            /** @description Human clicks ÷ impressions × 100; null without impressions. */
            ctr: number | null;
            /** @description Wilson's 95 % interval of `ctr`; null with more clicks than impressions. */
            ctr_interval: components["schemas"]["PercentInterval"] | null;
            /** @description Too few impressions were entered, so `ctr` is not a share. */
            more_clicks_than_impressions: boolean;
            /** @description Costs entered, in `currency`; null like `impressions`. */
            cost: number | null;
            /** @description Cost ÷ human clicks; null without a cost and without clicks. */
            cpc: number | null;
            /** @description HEAD and prefetch requests: neither people nor bots. */
            other_hits: number;
            /** @description Hits of the traffic asked for that were not headline clicks, by outcome. */
            outcomes: {
                outcome: components["schemas"]["Outcome"];
                clicks: number;
            }[];
            /** @description The period before; null for `range=all`. */
            previous: components["schemas"]["SummaryPeriod"] | null;
            change: components["schemas"]["SummaryChange"] | null;
            /**
             * Format: date-time
             * @description Every hit received before this is counted. UTC.
             */
            as_of: string;
            /** @description True when clicks could not be recorded for a while (journal degraded). */
            incomplete: boolean;
        };
        /** @description Wilson's 95 % interval of a share. */
        Interval: {
            low: number;
            high: number;
        };
        FunnelStep: {
            /** @enum {string} */
            step: "impression" | "click" | "landing_view" | "store_open" | "app_open" | "conversion";
            /** @description null where it is not known, or the step does not occur. */
            count: number | null;
            /** @description count ÷ count of the last step before that has one, as a share. */
            rate: number | null;
            rate_interval: components["schemas"]["Interval"] | null;
        };
        Funnel: {
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            from: string;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            to: string;
            tz: string;
            steps: components["schemas"]["FunnelStep"][];
            /**
             * Format: date-time
             * @description Every hit received before this is counted. UTC.
             */
            as_of: string;
            /** @description True when clicks could not be recorded for a while (journal degraded). */
            incomplete: boolean;
        };
        /**
         * @description `pending`: its click is not found yet. `joined`: it counts. `unmatched`: the click was not found within seven days.
         * @enum {string}
         */
        ConversionStatus: "pending" | "joined" | "unmatched";
        ConversionCreate: {
            /** @description That the click took to its destination: `{click_id}` or `tm_cid`. */
            click_id: string;
            /**
             * @description Its name, without control characters.
             * @default conversion
             */
            event: string;
            /** @description In the workspace's currency; rounded to a millionth. */
            value?: number | null;
            /** @description ISO 4217. Only that of the workspace; may be left out. */
            currency?: string | null;
            /**
             * Format: date-time
             * @description When it happened, with offset; now when left out.
             */
            time?: string | null;
            /** @description A name of the sender's own, such as an order's number: the same as the header Idempotency-Key. */
            id?: string | null;
        };
        Conversion: {
            id: string;
            click_id: string;
            /** @description Its name, without control characters. */
            event: string;
            /** @description In the workspace's currency; rounded to a millionth. */
            value: number | null;
            /** @description Of the value; null without one. */
            currency: string | null;
            /**
             * Format: date-time
             * @description When it happened. UTC, milliseconds, ISO 8601.
             */
            time: string;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            received_at: string;
            status: components["schemas"]["ConversionStatus"];
            /** @description Of its click, once joined. */
            link_id: string | null;
        };
        ConversionList: {
            data: components["schemas"]["Conversion"][];
            next_cursor: string | null;
            /** @description Of the whole workspace, by status. */
            counts: {
                pending: number;
                joined: number;
                unmatched: number;
            };
        };
        /** @description A range of shares or of their differences. */
        ShareInterval: {
            low: number;
            high: number;
        };
        ExportCreate: {
            name: string;
            /** @enum {string} */
            period: "daily" | "weekly" | "monthly" | "hourly";
            /**
             * @default csv
             * @enum {string}
             */
            format: "csv" | "ndjson" | "parquet";
            /** @description Rows of this dimension's values instead of single hits. Not together with `interval`. */
            by?: components["schemas"]["Dimension"] | null;
            /**
             * @description Points of this length instead of single hits. `minute` with `daily` only.
             * @enum {string|null}
             */
            interval?: null | "minute" | "15m" | "hour" | "day" | "week" | "month" | "auto";
            /**
             * @default human
             * @enum {string}
             */
            traffic: "human" | "bot" | "all";
            /** @description The common filters by their names, each in the grammar of queries: `"DE,AT"`, `"!DE"`. */
            filters?: {
                [key: string]: string | null;
            } | null;
            /**
             * @description Cells of CSV that look like formulas get no apostrophe in front.
             * @default false
             */
            raw: boolean;
            /**
             * @description So many files are kept, the newest.
             * @default 30
             */
            keep: number;
            /** @description Where files are put as well. `endpoint`, `name`, `access_key_id` and `secret_access_key` are needed. */
            bucket?: components["schemas"]["ExportBucketInput"] | null;
            /** @default true */
            enabled: boolean;
            /** @description ISO 8601, of the reporting zone without an offset: the first period is the one that this is in. Without it, the last one that is over. Of periods in the past the newest 31 are written. */
            from?: string | null;
        };
        ExportPatch: {
            name?: string;
            /** @description Rows of this dimension's values instead of single hits. Not together with `interval`. */
            by?: components["schemas"]["Dimension"] | null;
            /**
             * @description Points of this length instead of single hits. `minute` with `daily` only.
             * @enum {string|null}
             */
            interval?: null | "minute" | "15m" | "hour" | "day" | "week" | "month" | "auto";
            /** @enum {string} */
            traffic?: "human" | "bot" | "all";
            /** @description The common filters by their names, each in the grammar of queries: `"DE,AT"`, `"!DE"`. */
            filters?: {
                [key: string]: string | null;
            } | null;
            /** @description Cells of CSV that look like formulas get no apostrophe in front. */
            raw?: boolean;
            /** @description So many files are kept, the newest. */
            keep?: number;
            /** @description null takes it away; what was put stays where it is. */
            bucket?: components["schemas"]["ExportBucketInput"] | null;
            enabled?: boolean;
        };
        Export: {
            id: string;
            name: string;
            /** @enum {string} */
            format: "csv" | "ndjson" | "parquet";
            /** @enum {string} */
            period: "daily" | "weekly" | "monthly" | "hourly";
            by: components["schemas"]["Dimension"] | null;
            /** @enum {string|null} */
            interval: null | "minute" | "15m" | "hour" | "day" | "week" | "month" | "auto";
            /** @enum {string} */
            traffic: "human" | "bot" | "all";
            filters: {
                [key: string]: string;
            };
            raw: boolean;
            keep: number;
            enabled: boolean;
            /** Format: date-time */
            from: string;
            /** @description That are there. */
            files: number;
            /** @description Periods that are to be written. */
            waiting: number;
            /** @description Periods that were too many to make up for. */
            passed_by: number;
            /** @description Why the oldest of those that wait is not written. */
            error: string | null;
            /** @description Where files are put as well. */
            bucket: components["schemas"]["ExportBucket"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        ExportList: {
            data: components["schemas"]["Export"][];
            next_cursor: string | null;
        };
        ExportBucketInput: {
            /** @description http(s), with nothing behind the host and its port: `https://s3.eu-central-1.amazonaws.com`, `https://storage.googleapis.com`. */
            endpoint?: string;
            /** @description What requests are signed for; `us-east-1` unless said, `auto` for Google and Cloudflare. */
            region?: string;
            /** @description The bucket: lower-case letters, digits, `-`, `.` and `_`. */
            name?: string;
            /** @description What all keys begin with, without a `/` at either end; empty unless said. No two schedules have the same place: `in_use`. */
            prefix?: string;
            /** @description Of a key that may put and delete objects under the prefix. */
            access_key_id?: string;
            /** @description In no answer. Requests are signed with it, so it is kept as it is. */
            secret_access_key?: string;
            /** @description The bucket is named in the path (`https://HOST/BUCKET/KEY`) and not in the host; false unless said. Needed where the endpoint is an address. */
            path_style?: boolean;
        };
        ExportBucket: {
            /** @description http(s), with nothing behind the host and its port: `https://s3.eu-central-1.amazonaws.com`, `https://storage.googleapis.com`. */
            endpoint: string;
            /** @description What requests are signed for; `us-east-1` unless said, `auto` for Google and Cloudflare. */
            region: string;
            /** @description The bucket: lower-case letters, digits, `-`, `.` and `_`. */
            name: string;
            /** @description What all keys begin with, without a `/` at either end; empty unless said. No two schedules have the same place: `in_use`. */
            prefix: string;
            /** @description Of a key that may put and delete objects under the prefix. */
            access_key_id: string;
            secret_access_key_set: boolean;
            /** @description The bucket is named in the path (`https://HOST/BUCKET/KEY`) and not in the host; false unless said. Needed where the endpoint is an address. */
            path_style: boolean;
            /** @description Files on their way: to be put, or to be replaced or deleted because of an erase. */
            waiting: number;
            /** @description Files that were gone before they could be put. */
            missed: number;
            /** @description Of one that waits. */
            error: string | null;
        };
        ExportUpload: {
            /**
             * @description `stale`: what may be there holds erased clicks, and is replaced or deleted. `deleted`: it was, and nothing is there. `missed`: the file was gone before it could be put.
             * @enum {string}
             */
            state: "waiting" | "uploaded" | "stale" | "deleted" | "missed";
            /** @description Of the file. */
            key: string;
            /** @description Its key; put after the file. */
            manifest: string;
            /** @description That failed since one went well. After ten it is tried once a day. */
            attempts: number;
            /** @description Of the last one that failed. */
            error: string | null;
            /**
             * Format: date-time
             * @description null: at once, or nothing is to be done.
             */
            next_try_at: string | null;
            /**
             * Format: date-time
             * @description When it was last put.
             */
            uploaded_at: string | null;
        };
        ExportTest: {
            /**
             * @description `ok`: it was put and deleted.
             * @enum {string}
             */
            result: "ok" | "failed";
            /** @description Of the object. */
            key: string;
            put: components["schemas"]["BucketAnswer"];
            /** @description null where nothing was put. */
            delete: components["schemas"]["BucketAnswer"] | null;
        };
        BucketAnswer: {
            /** @description null where no answer came. */
            status: number | null;
            /** @description Why it was not done, with the code that the server gave: `403 AccessDenied: …`. */
            error: string | null;
            took_ms: number;
        };
        ExportRun: {
            id: string;
            /** @description `2027-05-31T13Z`, `2027-05-31`, `2027-W22` or `2027-05`. */
            of: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            state: "waiting" | "writing" | "ready" | "removed";
            /**
             * @description Why the file is gone.
             * @enum {string|null}
             */
            reason: null | "not_kept" | "past_retention" | "erased";
            /** @description Clicks were erased after a first file was written: it is made anew. */
            anew: boolean;
            /** @description Since it last succeeded. */
            failures: number;
            /** @description Of the last failure. */
            error: string | null;
            /** Format: date-time */
            next_try_at: string | null;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
            took_ms: number | null;
            /** @description Its name in the folder `WORKSPACE/EXPORT` of `exports.path`. */
            file: string | null;
            bytes: number | null;
            /** @description null for single hits in Parquet: the file says it. */
            rows: number | null;
            /** @description Hex. */
            sha256: string | null;
            /** @description Clicks in the period went unrecorded. */
            incomplete: boolean | null;
            /** @description How far the file is on its way into the bucket; null where it has none to go to, or is not written yet. */
            upload: components["schemas"]["ExportUpload"] | null;
        };
        ExportRunList: {
            data: components["schemas"]["ExportRun"][];
            next_cursor: string | null;
        };
        AlertCreate: {
            name: string;
            /**
             * @description `spike`: far more clicks than the past makes likely. `drop`: a platform falls away while the others go on. `threshold`: so many clicks or conversions, or fewer. `bots_share`: so much of all clicks is of bots. `no_clicks`: no click of people for so many hours.
             * @enum {string}
             */
            what: "spike" | "drop" | "threshold" | "bots_share" | "no_clicks";
            /**
             * @description What is judged at a time. Not of `no_clicks`, which is judged each hour.
             * @default hour
             * @enum {string}
             */
            interval: "hour" | "day";
            /** @description Of a `drop`: this one only. null is any. */
            platform?: string | null;
            /**
             * @description Of a `threshold`.
             * @default clicks
             * @enum {string}
             */
            measure: "clicks" | "conversions";
            /**
             * @description Of a `threshold`.
             * @default at_least
             * @enum {string}
             */
            bound: "at_least" | "below";
            /** @description Of a `threshold` a whole number from 1 on, of `bots_share` a share up to 1: needed there. */
            value?: number;
            /** @description Of `no_clicks`: needed there. */
            hours?: number;
            /** @description The common filters by their names, each in the grammar of queries: `"DE,AT"`, `"!DE"`. */
            filters?: {
                [key: string]: string | null;
            } | null;
            /** @description Who gets a mail. */
            recipients?: string[];
            /**
             * @description After a firing that was told of, no other is told of for so long.
             * @default 60
             */
            quiet_minutes: number;
            /** @default true */
            enabled: boolean;
        };
        AlertPatch: {
            name?: string;
            /**
             * @description What is judged at a time. Not of `no_clicks`, which is judged each hour.
             * @enum {string}
             */
            interval?: "hour" | "day";
            /** @description Of a `drop`: this one only. null is any. */
            platform?: string | null;
            /**
             * @description Of a `threshold`.
             * @enum {string}
             */
            measure?: "clicks" | "conversions";
            /**
             * @description Of a `threshold`.
             * @enum {string}
             */
            bound?: "at_least" | "below";
            /** @description Of a `threshold` a whole number from 1 on, of `bots_share` a share up to 1: needed there. */
            value?: number;
            /** @description Of `no_clicks`: needed there. */
            hours?: number;
            /** @description The common filters by their names, each in the grammar of queries: `"DE,AT"`, `"!DE"`. */
            filters?: {
                [key: string]: string | null;
            } | null;
            /** @description Who gets a mail. */
            recipients?: string[];
            /** @description After a firing that was told of, no other is told of for so long. */
            quiet_minutes?: number;
            enabled?: boolean;
        };
        AlertEvidence: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Clicks or conversions counted; of `bots_share` the clicks of people and bots together. */
            count: number;
            /** @description Of a spike or drop. */
            expected: number | null;
            /** @description That its past alone brings this about. */
            p: number | null;
            /** @description Of bots. */
            share: number | null;
            /** @description That fell away. The evidence of a drop that lasts is that of its beginning. */
            platform: string | null;
            /**
             * @description Why nothing is known: the past is too short, fewer than 20 clicks, clicks of that time went unrecorded, or the store refused the question.
             * @enum {string|null}
             */
            doubt: null | "learning" | "too_few" | "incomplete" | "refused";
        };
        Alert: {
            id: string;
            name: string;
            /**
             * @description `spike`: far more clicks than the past makes likely. `drop`: a platform falls away while the others go on. `threshold`: so many clicks or conversions, or fewer. `bots_share`: so much of all clicks is of bots. `no_clicks`: no click of people for so many hours.
             * @enum {string}
             */
            what: "spike" | "drop" | "threshold" | "bots_share" | "no_clicks";
            /** @enum {string} */
            interval: "hour" | "day";
            platform: string | null;
            /** @enum {string|null} */
            measure: null | "clicks" | "conversions";
            /** @enum {string|null} */
            bound: null | "at_least" | "below";
            value: number | null;
            hours: number | null;
            filters: {
                [key: string]: string;
            };
            recipients: string[];
            quiet_minutes: number;
            enabled: boolean;
            /** @enum {string} */
            state: "unknown" | "ok" | "firing";
            /**
             * Format: date-time
             * @description Of the state.
             */
            since: string;
            /** Format: date-time */
            evaluated_at: string | null;
            /** @description Of what was judged last. */
            evidence: components["schemas"]["AlertEvidence"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        AlertList: {
            data: components["schemas"]["Alert"][];
            next_cursor: string | null;
        };
        AlertChange: {
            id: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            state: "unknown" | "ok" | "firing";
            /** @description An event went to the outbox. */
            told: boolean;
            evidence: components["schemas"]["AlertEvidence"];
        };
        AlertHistory: {
            data: components["schemas"]["AlertChange"][];
            next_cursor: string | null;
        };
        AlertTest: {
            answers: {
                to: string;
                accepted: boolean;
                /** @description null when the server did not answer. */
                code: number | null;
                answer: string;
            }[];
        };
        /** @enum {string} */
        EventKind: "link.clicked" | "link.created" | "link.updated" | "link.deleted" | "link.expired" | "conversion.created" | "alert.fired" | "alert.resolved" | "export.ready";
        WebhookCreate: {
            name: string;
            /**
             * Format: uri
             * @description http or https, without user name and password. Needed for `standard`; a tool's own when left out.
             */
            url?: string;
            /** @description Needed for `standard`; tools are told of `link.clicked` only. */
            events?: components["schemas"]["EventKind"][];
            /** @description Which clicks and conversions are told of; other events pass. null: those of people, of every link. */
            filter?: {
                /** @description Of these only, when there are any. */
                links?: string[];
                /** @description Likewise. */
                campaigns?: string[];
                /**
                 * @default human
                 * @enum {string}
                 */
                traffic: "human" | "bot" | "all";
            } | null;
            /**
             * @description How events are told: signed as Standard Webhooks has it, or as Segment's HTTP Tracking API, Amplitude's HTTP API V2 or Mixpanel's import takes clicks.
             * @default standard
             * @enum {string}
             */
            format: "standard" | "segment" | "amplitude" | "mixpanel";
            /** @description Of a tool, and needed there: Segment's write key, Amplitude's API key, Mixpanel's project token or `user:secret` of a service account. In no answer. */
            api_key?: string;
            /**
             * @description A request for each event, or one for up to 500. Tools have `batch` when it is left out.
             * @enum {string}
             */
            mode?: "single" | "batch";
            /**
             * @description By whom requests can be checked: by those who know the secret, or by everybody who has the public key. Not of a tool.
             * @default hmac
             * @enum {string}
             */
            signature: "hmac" | "ed25519";
            /**
             * @description What is told of a clicker's address: `truncated` to an IPv4 /24 or an IPv6 /48.
             * @default none
             * @enum {string}
             */
            ip: "none" | "truncated" | "full";
            /** @default true */
            enabled: boolean;
        };
        WebhookPatch: {
            name?: string;
            /**
             * Format: uri
             * @description http or https, without user name and password.
             */
            url?: string;
            events?: components["schemas"]["EventKind"][];
            /** @description Which clicks and conversions are told of; other events pass. null: those of people, of every link. */
            filter?: {
                /** @description Of these only, when there are any. */
                links?: string[];
                /** @description Likewise. */
                campaigns?: string[];
                /** @enum {string} */
                traffic?: "human" | "bot" | "all";
            } | null;
            /** @description Of a tool: another key, also for what waits. Needed with another `url`. */
            api_key?: string;
            /**
             * @description A request for each event, or one for up to 500.
             * @enum {string}
             */
            mode?: "single" | "batch";
            /**
             * @description What is told of a clicker's address: `truncated` to an IPv4 /24 or an IPv6 /48.
             * @enum {string}
             */
            ip?: "none" | "truncated" | "full";
            enabled?: boolean;
        };
        Webhook: {
            id: string;
            name: string;
            url: string;
            events: components["schemas"]["EventKind"][];
            filter: {
                links: string[];
                campaigns: string[];
                /** @enum {string} */
                traffic: "human" | "bot" | "all";
            };
            /** @enum {string} */
            format: "standard" | "segment" | "amplitude" | "mixpanel";
            /** @enum {string} */
            mode: "single" | "batch";
            /**
             * @description null of a tool.
             * @enum {string|null}
             */
            signature: null | "hmac" | "ed25519";
            /** @description Of `ed25519`: `whpk_` and the key in base64. */
            public_key: string | null;
            /** @enum {string} */
            ip: "none" | "truncated" | "full";
            enabled: boolean;
            /**
             * @description Why it is off without its owner's doing: the receiver answered 410, or nothing but failures for five days.
             * @enum {string|null}
             */
            off_reason: null | "gone" | "failing";
            /**
             * @description `down`: it is only probed now and then, and what it is to be told of waits.
             * @enum {string}
             */
            state: "ok" | "down";
            failures_in_row: number;
            /** Format: date-time */
            failing_since: string | null;
            /**
             * Format: date-time
             * @description While it is down.
             */
            next_probe_at: string | null;
            /** Format: date-time */
            last_success_at: string | null;
            last_error: string | null;
            /** @description Events that are tried again later. */
            waiting: number;
            /** @description Events that were given up. */
            dead: number;
            /**
             * Format: date-time
             * @description The secret before signs as well until then.
             */
            previous_secret_until: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        WebhookWithSecret: {
            id: string;
            name: string;
            url: string;
            events: components["schemas"]["EventKind"][];
            filter: {
                links: string[];
                campaigns: string[];
                /** @enum {string} */
                traffic: "human" | "bot" | "all";
            };
            /** @enum {string} */
            format: "standard" | "segment" | "amplitude" | "mixpanel";
            /** @enum {string} */
            mode: "single" | "batch";
            /**
             * @description null of a tool.
             * @enum {string|null}
             */
            signature: null | "hmac" | "ed25519";
            /** @description Of `ed25519`: `whpk_` and the key in base64. */
            public_key: string | null;
            /** @enum {string} */
            ip: "none" | "truncated" | "full";
            enabled: boolean;
            /**
             * @description Why it is off without its owner's doing: the receiver answered 410, or nothing but failures for five days.
             * @enum {string|null}
             */
            off_reason: null | "gone" | "failing";
            /**
             * @description `down`: it is only probed now and then, and what it is to be told of waits.
             * @enum {string}
             */
            state: "ok" | "down";
            failures_in_row: number;
            /** Format: date-time */
            failing_since: string | null;
            /**
             * Format: date-time
             * @description While it is down.
             */
            next_probe_at: string | null;
            /** Format: date-time */
            last_success_at: string | null;
            last_error: string | null;
            /** @description Events that are tried again later. */
            waiting: number;
            /** @description Events that were given up. */
            dead: number;
            /**
             * Format: date-time
             * @description The secret before signs as well until then.
             */
            previous_secret_until: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description `whsec_` and 24 bytes in base64; of `ed25519` `whsk_` and the 64 bytes of the secret key. There is none of a tool. */
            secret?: string;
        };
        WebhookList: {
            data: components["schemas"]["Webhook"][];
            next_cursor: string | null;
        };
        WebhookRotate: {
            /**
             * @description How long the old secret signs as well.
             * @default 24
             */
            overlap_hours: number;
        };
        WebhookTest: {
            /**
             * @description `ok`: the answer was 2xx.
             * @enum {string}
             */
            result: "ok" | "failed";
            /** @description null when there was no answer. */
            status: number | null;
            took_ms: number;
            error: string | null;
            /** @description The beginning of what was sent, up to 1 KiB. */
            request: string;
            /** @description The beginning of the answer, up to 1 KiB. */
            response: string;
        };
        WebhookDelivery: {
            id: string;
            /** @description `webhook-id` of the request. */
            event_id: string;
            event: components["schemas"]["EventKind"];
            /** @description In the request. */
            events: number;
            attempt: number;
            /** Format: date-time */
            time: string;
            /**
             * @description `ok`: the answer was 2xx.
             * @enum {string}
             */
            result: "ok" | "failed";
            /** @description null when there was no answer. */
            status: number | null;
            took_ms: number;
            error: string | null;
            /** @description The beginning of what was sent, up to 1 KiB. */
            request: string;
            /** @description The beginning of the answer, up to 1 KiB. */
            response: string;
        };
        WebhookDeliveryList: {
            data: components["schemas"]["WebhookDelivery"][];
            next_cursor: string | null;
        };
        DeadLetter: {
            event_id: string;
            event: components["schemas"]["EventKind"];
            /**
             * Format: date-time
             * @description Of the event.
             */
            time: string;
            attempts: number;
            /** @description Of the last answer; null when there was none. */
            status: number | null;
            error: string | null;
            /** @description As it is sent: JSON. */
            body: string;
        };
        DeadLetterList: {
            data: components["schemas"]["DeadLetter"][];
            next_cursor: string | null;
        };
        WebhookReplay: {
            event_id?: string;
            /** Format: date-time */
            from?: string;
            /** Format: date-time */
            to?: string;
        };
        WebhookReplayed: {
            /** @description How many events. */
            replayed: number;
        };
        ExperimentCreate: {
            name: string;
            /** @description Links to compare, the control first. */
            link_ids?: string[];
            /** @description The link whose variants are compared; either this or `link_ids`. */
            link_id?: string;
            /** @description Name of the variant that the others are compared with; the first one when left out. */
            control?: string;
            /**
             * Format: date-time
             * @description Within a year of now, which is the default. A start chosen after looking at the clicks makes the verdict worthless.
             */
            starts_at?: string;
            /** Format: date-time */
            ends_at?: string | null;
            /**
             * @description Smallest relative change of the control's rate that is worth finding.
             * @default 0.1
             */
            least_effect: number;
        };
        ExperimentPatch: {
            name?: string;
            /**
             * @description Instead of `ends_at`.
             * @enum {string}
             */
            state?: "running" | "ended";
            /** Format: date-time */
            ends_at?: string | null;
            least_effect?: number;
        };
        Experiment: {
            id: string;
            name: string;
            /**
             * @description links: clicks ÷ impressions; variants: converted unique clicks ÷ unique clicks.
             * @enum {string}
             */
            kind: "links" | "variants";
            /**
             * @description Follows from `starts_at` and `ends_at`.
             * @enum {string}
             */
            state: "planned" | "running" | "ended";
            /** @description The control first. */
            arms: {
                link_id: string;
                variant: string | null;
                /** @description Of a variant, as it was when the experiment was made. */
                weight: number | null;
            }[];
            /**
             * @description How long a visitor keeps a variant: for the UTC day, without a cookie, or 30 days with the workspace's `experiment_cookie`. null for links.
             * @enum {string|null}
             */
            sticks_for: "day" | "30_days" | null;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string | null;
            /** @description Smallest relative change of the control's rate that is worth finding: `needs` is worked out for it. */
            least_effect: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        ExperimentList: {
            data: components["schemas"]["Experiment"][];
            next_cursor: string | null;
        };
        ExperimentResult: {
            /**
             * Format: date-time
             * @description What was counted; whole days for links.
             */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description The ends of the days so far, in the zone that the workspace reports in, and now. */
            looks: number;
            /** @description Of the whole experiment, however often it is looked at. */
            alpha: number;
            /** @description Looks with fewer trials in one of the two arms are not counted. */
            least_trials: number;
            /**
             * @description winner: `winner` says which arm. no_difference_yet: nothing that could not be chance. not_enough_data: no variant has `least_trials` together with the control's. sample_ratio_broken: trials are not divided as the weights say. impossible_counts: an arm has more successes than trials, so impressions are missing.
             * @enum {string}
             */
            verdict: "not_enough_data" | "no_difference_yet" | "winner" | "sample_ratio_broken" | "impossible_counts";
            /** @description Number of the arm, 0 is the control; null for any other verdict. */
            winner: number | null;
            /** @description In the order of the experiment's arms. */
            arms: {
                /** @description Impressions, or unique clicks. */
                trials: number;
                /** @description Human clicks, or unique clicks that converted. */
                successes: number;
                /** @description successes ÷ trials; null without trials. */
                rate: number | null;
                /** @description Wilson, 95 %; null without trials and with more successes than trials. */
                rate_interval: components["schemas"]["Interval"] | null;
            }[];
            /** @description Each variant against the control. */
            variants: {
                arm: number;
                enough_data: boolean;
                /** @description Mixture sequential probability ratio test: the smallest of all looks, times the number of variants. May be looked at at any time. */
                always_valid_p: number;
                /** @description Confidence sequence of control minus variant: holds at all looks together. */
                sequence: components["schemas"]["ShareInterval"] | null;
                /** @description Than the control. */
                better: boolean;
                worse: boolean;
                /** @description The usual figures at this moment; null while an arm has no trials or more successes than trials. */
                description: {
                    /** @description Rate of the control minus rate of the variant. */
                    difference: number;
                    /** @description 95 %, unpooled; right for one look. */
                    difference_interval: components["schemas"]["ShareInterval"] | null;
                    /** @description Two-proportion z test, pooled. */
                    z: number;
                    /** @description Its two-sided p: right for one look at a size fixed before. No winner follows from it. */
                    p: number;
                    /** @description P(variant better than control) with uniform priors. */
                    chance_to_beat: number;
                } | null;
            }[];
            sample_ratio: {
                /** @description Of the trials under the weights (χ²); null where nothing divided them, or there are too few. */
                p: number | null;
                /** @description p < 0.001. */
                alarm: boolean;
            };
            /** @description How much is still needed; null while the control has no rate, or when no number of trials would do. */
            needs: {
                /** @description Rate of a variant that is better by `least_effect`. */
                target_rate: number;
                /** @description Of all arms, for a look to find that with power 0.8. */
                trials: number;
                trials_left: number;
                /** @description At the pace so far. */
                days_left: number | null;
            } | null;
            /** @description The link's variants or weights are no longer those of the experiment: the sample ratio will show it. */
            setup_changed: boolean;
        };
        ExperimentReport: {
            id: string;
            name: string;
            /**
             * @description links: clicks ÷ impressions; variants: converted unique clicks ÷ unique clicks.
             * @enum {string}
             */
            kind: "links" | "variants";
            /**
             * @description Follows from `starts_at` and `ends_at`.
             * @enum {string}
             */
            state: "planned" | "running" | "ended";
            /** @description The control first. */
            arms: {
                link_id: string;
                variant: string | null;
                /** @description Of a variant, as it was when the experiment was made. */
                weight: number | null;
            }[];
            /**
             * @description How long a visitor keeps a variant: for the UTC day, without a cookie, or 30 days with the workspace's `experiment_cookie`. null for links.
             * @enum {string|null}
             */
            sticks_for: "day" | "30_days" | null;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string | null;
            /** @description Smallest relative change of the control's rate that is worth finding: `needs` is worked out for it. */
            least_effect: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            result: components["schemas"]["ExperimentResult"];
            /** Format: date-time */
            as_of: string;
            incomplete: boolean;
        };
        ExperimentPlanSize: {
            arms: number[];
            total: number;
            /** @description Whole days; null without `per_day`. */
            days: number | null;
        };
        ExperimentPlan: {
            base: number;
            lift: number;
            /** @description Rate of a variant with that lift. */
            target: number;
            alpha: number;
            power: number;
            fixed: components["schemas"]["ExperimentPlanSize"];
            always_valid: components["schemas"]["ExperimentPlanSize"];
        };
        BestTime: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            tz: string;
            /** @description Behind all this, in whole hours. */
            clicks: number;
            /** @description Of the average hour. */
            clicks_per_hour: number;
            /** @description In how many weeks the hour seen most often was seen. */
            weeks: number;
            /** @description In how many an hour has to be seen to be told. */
            least_weeks: number;
            /** @description There is at least one hour to tell. */
            enough_evidence: boolean;
            /**
             * @description Why there is none.
             * @enum {string|null}
             */
            reason: "no_clicks" | "too_few_weeks" | "no_hour_stands_out" | null;
            /** @description By the lower end of their interval. */
            hours: {
                /** @description 1 is Monday. */
                weekday: number;
                hour: number;
                clicks: number;
                weeks: number;
                /** @description Clicks of the best of these weeks. */
                busiest_week: number;
                /** @description Over the average hour, shrunk toward what weekday and hour make likely. */
                lift: number;
                /** @description 95 %. */
                lift_interval: components["schemas"]["ShareInterval"];
            }[];
            /** Format: date-time */
            as_of: string;
            incomplete: boolean;
        };
        GeoRow: {
            /** @description null for the rest. */
            value: string | null;
            kind: components["schemas"]["ValueKind"];
            clicks: number;
            unique_clicks: number | null;
            /** @description Of the period before. */
            previous_clicks: number | null;
            /** @description (clicks − previous_clicks) ÷ previous_clicks; null when that was 0. */
            change: number | null;
            /** @description clicks ÷ total clicks; null when the total is 0. */
            share: number | null;
            /** @description clicks ÷ `located`; null for rows that are no market. */
            market_share: number | null;
            /** @description Wilson, 95 %. */
            market_share_interval: components["schemas"]["Interval"] | null;
            /** @description Clicks that led to a conversion ÷ clicks; null for other traffic than people's and for rows that are no market. */
            conversion_rate: number | null;
            /** @description Wilson, 95 %. */
            conversion_rate_interval: components["schemas"]["Interval"] | null;
            /**
             * @description strong or under_performing: by `reason`, at 1 % over all markets and with 100 clicks on either side.
             * @enum {string|null}
             */
            standing: "not_enough_data" | "ordinary" | "strong" | "under_performing" | null;
            /**
             * @description conversion_rate: against all other markets. share: against its share in the period before, by a tenth at least.
             * @enum {string|null}
             */
            reason: "conversion_rate" | "share" | null;
            /** @description Of the reason, times the number of markets. */
            p: number | null;
        };
        Geo: {
            /** @enum {string} */
            by: "country" | "region" | "city";
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description The period before; null for `range=all`. */
            previous: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            } | null;
            total: {
                clicks: number;
                unique_clicks: number | null;
                /** @description Of the period before. */
                previous_clicks: number | null;
                /** @description (clicks − previous_clicks) ÷ previous_clicks; null when that was 0. */
                change: number | null;
                /** @description Clicks of all markets. */
                located: number;
            };
            concentration: {
                /** @description Herfindahl-Hirschman: the sum of the squared market shares. */
                index: number;
                /** @description 1 ÷ index: so many equal markets would give it; 0 without clicks. */
                effective_markets: number;
                top_share: number;
                /**
                 * @description spread up to 0.15, moderate up to 0.25, high above (U.S. merger guidelines of 2010); null below 100 clicks.
                 * @enum {string|null}
                 */
                level: "spread" | "moderate" | "high" | null;
            };
            rows: components["schemas"]["GeoRow"][];
            /** @description Up to three markets, most clicks first. */
            strongest: string[];
            /** @description Markets of that standing, most clicks first. */
            under_performing: string[];
            /** Format: date-time */
            as_of: string;
            incomplete: boolean;
        };
        ComparedValue: {
            value: string;
            /** @description Of a link. */
            label: string | null;
            /** @description Headline clicks (outcome redirected or landing) of the traffic asked for. */
            clicks: number;
            /** @description Unique clicks (per day); null for `traffic=bot`. */
            unique_clicks: number | null;
            /** @description People over all links, a sum of daily visitors; null for `traffic=bot`. */
            visitors: number | null;
            /** @description Headline hits that are neither people, HEAD nor prefetch, whatever `traffic` says. */
            bots: number;
            /** @description Conversions that happened in the range, of clicks of the traffic asked for. */
            conversions: number;
            /** @description What they are worth together, in the workspace's currency. */
            conversion_value: number;
            /** @description Human clicks in the range with at least one conversion, whenever it happened. */
            converted_clicks: number;
            /** @description converted_clicks ÷ human clicks in the range, as a share; null without clicks. */
            conversion_rate: number | null;
            conversion_rate_interval: components["schemas"]["Interval"] | null;
            /** @description cost ÷ conversions; null without either. */
            cpa: number | null;
            /** @description Impressions entered for the days of the range; null when none were, when the range is not whole days of the zone that the workspace reports in, or with filters other than link, campaign, tag and channel. */
            impressions: number | null;
            /** @description Human clicks ÷ impressions × 100; null without impressions. */
            ctr: number | null;
            /** @description Wilson's 95 % interval of `ctr`; null with more clicks than impressions. */
            ctr_interval: components["schemas"]["PercentInterval"] | null;
            /** @description Too few impressions were entered, so `ctr` is not a share. */
            more_clicks_than_impressions: boolean;
            /** @description Costs entered, in `currency`; null like `impressions`. */
            cost: number | null;
            /** @description Cost ÷ human clicks; null without a cost and without clicks. */
            cpc: number | null;
            /** @description Of the period before. */
            previous_clicks: number | null;
            /** @description (clicks − previous_clicks) ÷ previous_clicks; null when that was 0. */
            change: number | null;
        };
        ComparedValues: {
            by: components["schemas"]["Dimension"];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description The period before; null for `range=all`. */
            previous: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            } | null;
            tz: string;
            currency: string | null;
            columns: components["schemas"]["ComparedValue"][];
            /** @description Of the rates that both columns have. Clicks are not tested, and tags are not, since a link may have several. */
            differences: {
                /** @enum {string} */
                rate: "conversion_rate" | "ctr";
                /** @description Of the column. */
                value: string;
                /** @description Its rate minus that of the first column, as a share. */
                difference: number;
                /** @description 95 % for all columns together; null below 100 trials. */
                interval: components["schemas"]["ShareInterval"] | null;
                /** @description Two-proportion z test, times the number of columns beside the first; null below 100 trials. Right for one look: who looks again and again makes an experiment instead. */
                p: number | null;
            }[];
            /** Format: date-time */
            as_of: string;
            incomplete: boolean;
        };
        TimeseriesPoint: {
            /**
             * Format: date-time
             * @description Start of the bucket, in `tz`, with its offset.
             */
            t: string;
            /** @description Only with `by`; null for the rest. */
            value?: string | null;
            kind?: components["schemas"]["ValueKind"];
            clicks: number;
            unique_clicks: number | null;
            bots: number;
        };
        Timeseries: {
            /** @enum {string} */
            interval: "minute" | "15m" | "hour" | "day" | "week" | "month";
            tz: string;
            by?: components["schemas"]["Dimension"];
            points: components["schemas"]["TimeseriesPoint"][];
            /**
             * Format: date-time
             * @description Every hit received before this is counted. UTC.
             */
            as_of: string;
            /** @description True when clicks could not be recorded for a while (journal degraded). */
            incomplete: boolean;
        };
        /** @enum {string} */
        Dimension: "link" | "domain" | "prefix" | "token" | "campaign" | "tag" | "source" | "medium" | "content" | "term" | "src" | "channel" | "referrer" | "referrer_path" | "country" | "region" | "city" | "language" | "platform" | "device" | "os" | "os_version" | "browser" | "browser_version" | "in_app" | "screen" | "screen_source" | "dpr" | "trigger" | "variant" | "outcome" | "traffic" | "reason" | "ad_click" | "first" | "imported";
        BreakdownRow: {
            value: string | null;
            kind: components["schemas"]["ValueKind"];
            /** @description With `by=link`: title or short path of the link; else null. */
            label: string | null;
            clicks: number;
            unique_clicks: number | null;
            /** @description clicks ÷ total clicks; 0 when the total is 0. */
            share: number;
            /** @description Conversions that happened in the range. Those of values without a click in it are in `rest`. */
            conversions: number;
        };
        /** @description A screen that nobody told of is never guessed. */
        ScreenCoverage: {
            /** @description Clicks whose screen is known: all rows but `Unknown`. */
            known: number;
            /** @description known ÷ total clicks; null when the total is 0. */
            share: number | null;
            /** @description Clicks by where their screen is known from; they add up to `known`. */
            by_source: {
                /** @description A landing page reported it. */
                beacon: number;
                /** @description The user agent carries it. */
                user_agent: number;
                /** @description No browser sends a hint of its screen today. */
                client_hint: number;
            };
        };
        Velocity: {
            /** @enum {string} */
            interval: "hour" | "day";
            tz: string;
            /** @description Over the range so far. */
            clicks_per_hour: number;
            clicks_per_day: number;
            points: {
                /** Format: date-time */
                t: string;
                clicks: number;
                /** @description Clicks that the baseline makes likely; null while it is learnt. */
                expected: number | null;
                /** @description The baseline's band: fewer have a chance below 1 %; null while it is learnt. */
                low: number | null;
                /** @description More have a chance of at most 1 %. */
                high: number | null;
                /** @description The chance of so many or more. */
                p: number | null;
                /**
                 * @description A spike has 20 clicks or more and p < 0.0001; `spike_again` follows one within an hour.
                 * @enum {string}
                 */
                state: "learning" | "ordinary" | "spike" | "spike_again";
            }[];
            drops: {
                /** Format: date-time */
                t: string;
                platform: string;
                clicks: number;
                expected: number;
                /** @description The chance of so few or fewer. */
                p: number;
            }[];
            /** Format: date-time */
            as_of: string;
            incomplete: boolean;
        };
        Heatmap: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            tz: string;
            /**
             * @description Only with `clock=visitor`.
             * @constant
             */
            clock?: "visitor";
            /** @description Only with `clock=visitor`: of how many clicks the visitor's hour is known. */
            coverage?: {
                /** @description Clicks of all cells together. */
                known: number;
                /** @description known ÷ all clicks asked for; null when there are none. */
                share: number | null;
            };
            cells: {
                /** @description 1 is Monday. */
                weekday: number;
                hour: number;
                clicks: number;
                unique_clicks: number | null;
                /** @description How many hours of the range this cell stands for; with `clock=visitor` the mean over the visitors' clocks, by their clicks. */
                hours: number;
            }[];
            /** Format: date-time */
            as_of: string;
            incomplete: boolean;
        };
        Breakdown: {
            by: components["schemas"]["Dimension"];
            /** @description True for `tag`: a click counts under each tag of its link, so rows may add up to more than `total`. */
            multi_valued: boolean;
            rows: components["schemas"]["BreakdownRow"][];
            total: {
                clicks: number;
                unique_clicks: number | null;
            };
            /** @description With `by=screen`: of how many clicks the screen is known; else null. */
            coverage: components["schemas"]["ScreenCoverage"] | null;
            /**
             * Format: date-time
             * @description Every hit received before this is counted. UTC.
             */
            as_of: string;
            /** @description True when clicks could not be recorded for a while (journal degraded). */
            incomplete: boolean;
        };
        Breakdowns: {
            breakdowns: components["schemas"]["Breakdown"][];
            /**
             * Format: date-time
             * @description Every hit received before this is counted. UTC.
             */
            as_of: string;
            /** @description True when clicks could not be recorded for a while (journal degraded). */
            incomplete: boolean;
        };
        /** @description One stored hit. Text is `Unknown` where the fact is not known, empty where there is none. */
        Click: {
            /** @description Stable, not guessable; 26 characters of Crockford base 32. */
            click_id: string;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            time: string;
            workspace_id: string;
            /** @description null for an orphan. */
            link_id: string | null;
            /** @description Host that was asked. */
            domain: string;
            prefix: string;
            token: string | null;
            outcome: components["schemas"]["Outcome"];
            traffic: components["schemas"]["Traffic"];
            /** @description Which rule decided `traffic`. */
            reason: string;
            /** @enum {string} */
            trigger: "link" | "qr" | "open";
            variant: string | null;
            /** @description A unique click. */
            first: boolean;
            /** @description The visitor's first click in the workspace that day. */
            first_ws: boolean;
            /** @description ISO 3166-1 alpha-2, or Unknown. */
            country: string;
            region: string;
            city: string;
            language: string;
            /** @enum {string} */
            platform: "ios" | "android" | "desktop" | "other";
            /** @enum {string} */
            device: "mobile" | "tablet" | "desktop" | "tv" | "console" | "wearable" | "other";
            os: string;
            os_version: string;
            browser: string;
            browser_version: string;
            in_app: boolean;
            /** @description Physical pixels. */
            screen_w: number | null;
            /** @description Physical pixels. */
            screen_h: number | null;
            /** @description Device pixel ratio. */
            dpr: number | null;
            /** @enum {string} */
            screen_source: "none" | "beacon" | "user_agent" | "client_hint";
            referrer_host: string;
            referrer_path: string;
            channel: string;
            source: string;
            medium: string;
            campaign: string;
            content: string;
            term: string;
            src: string;
            /** @description Kind of a paid click id (gclid, …), never its value. */
            ad_click: string;
            /** @description At most 512 bytes. */
            user_agent: string;
            /** @description As `privacy.ip` allows; null when not stored. */
            ip: string | null;
            imported: boolean;
        };
        ClickList: {
            data: components["schemas"]["Click"][];
            next_cursor: string | null;
            /**
             * Format: date-time
             * @description Every hit received before this is counted. UTC.
             */
            as_of: string;
            /** @description True when clicks could not be recorded for a while (journal degraded). */
            incomplete: boolean;
        };
        /** @description Either `link` or `visitor`. */
        EraseCreate: {
            /** @example lnk_42 */
            link?: string | null;
            /** @description Who has made a click: its `click_id`; or `ip` and `user_agent`, for clicks of today and yesterday (UTC), as long as the salts of those days are there. */
            visitor?: {
                /** @description Everything that this click's visitor did on its UTC day. On other days nobody can tell who it was. */
                click_id?: string;
                /** @example 203.0.113.9 */
                ip?: string;
                /** @description Exactly as the browser sends it. */
                user_agent?: string;
            } | null;
            /**
             * Format: date-time
             * @description ISO 8601 with an offset or Z. First moment of receipt; without it everything.
             */
            from?: string | null;
            /**
             * Format: date-time
             * @description Exclusive. Never later than when the job begins.
             */
            to?: string | null;
        };
        Erase: {
            id: string;
            /**
             * @description waiting: for its turn, and for earlier hits to be stored. logs: they are made to forget. rows: what is stored goes, and first clicks are worked out again. A restart goes on with a job.
             * @enum {string}
             */
            state: "waiting" | "logs" | "rows" | "done" | "failed";
            /** @enum {string} */
            of: "link" | "visitor";
            /** @description Whose clicks; of a visitor nothing is told. */
            link: string | null;
            range: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            };
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at: string | null;
            /** @description A restart came in between. */
            resumed: boolean;
            /** @description Stored hits of any outcome that it found; 0 while it waits. */
            clicks: number;
            landing_views: number;
            /** @description Joined ones; those that still waited for such a click go too. */
            conversions: number;
            /** @description Why a failed job failed. Ask again once that is mended: it may have erased some. */
            error: string | null;
        };
        EraseList: {
            data: components["schemas"]["Erase"][];
        };
        ReclassificationCreate: {
            /**
             * Format: date-time
             * @description ISO 8601 with an offset or Z. First moment of receipt.
             */
            from: string;
            /**
             * Format: date-time
             * @description Exclusive. Never later than when the job begins.
             */
            to: string;
            /**
             * @description Only hits of this link.
             * @example lnk_42
             */
            link?: string | null;
            /**
             * @description Report what would change, change nothing.
             * @default false
             */
            dry_run: boolean;
            /**
             * @description What becomes of `scanner_suspect` hits, whose verdict needed more than is stored: `release` judges them by their user agent alone.
             * @default keep
             * @enum {string}
             */
            suspects: "keep" | "release";
        };
        Verdict: {
            traffic: components["schemas"]["Traffic"];
            reason: string;
        };
        Reclassification: {
            id: string;
            /**
             * @description waiting: for earlier hits to be stored. planning: reading; nothing has changed. applying: the report is complete and rows are changing, each at once from old to new. A restart goes on with a job.
             * @enum {string}
             */
            state: "waiting" | "planning" | "applying" | "done" | "failed";
            range: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            };
            link: string | null;
            dry_run: boolean;
            /** @enum {string} */
            suspects: "keep" | "release";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at: string | null;
            /** @description A restart came in between. */
            resumed: boolean;
            /** @description Hits to judge. */
            total: number;
            /** @description Hits judged so far. */
            examined: number;
            /** @description Of these, hits with another verdict now; 0 until planning is over. */
            changed: number;
            /** @description Most hits first. */
            by: {
                from: components["schemas"]["Verdict"];
                to: components["schemas"]["Verdict"];
                count: number;
            }[];
            /** @description Why a failed job failed. */
            error: string | null;
            /**
             * Format: date-time
             * @description Receive time up to which every hit is stored.
             */
            as_of: string;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        Readiness: {
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
            parts: {
                name: string;
                /** @enum {string} */
                state: "ok" | "old" | "degraded" | "down";
                detail: string;
            }[];
        };
        /** @description In per cent. */
        PercentInterval: {
            low: number;
            high: number;
        };
        Settings: {
            workspace_id: string;
            name: string;
            /** @description IANA name of the zone that the workspace reports in: days of impressions and costs are days there. */
            time_zone: string;
            /** @description Of costs, ISO 4217; null until one is chosen. */
            currency: string | null;
            /** @description Clicks are kept of today and of so many UTC days before; null: for ever. */
            retention_days: number | null;
            /** @description Whoever gets a variant of a link is given a cookie that names it and nothing else, for 30 days and that link only; without it a variant stays for the UTC day. Off at first. People who ask for privacy get none, where `privacy.signals` obeys them. */
            experiment_cookie: boolean;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            created_at: string;
        };
        /** @description JSON merge-patch (RFC 7396): what is left out stays, null removes. */
        SettingsPatch: {
            name?: string;
            time_zone?: string;
            /** @description Cannot change while there are costs in another. */
            currency?: string | null;
            /** @description What is older is deleted within minutes, and each night after midnight UTC: clicks, their conversions and every count of them. It does not come back with a longer time. */
            retention_days?: number | null;
            experiment_cookie?: boolean;
        };
        Impressions: {
            link_id: string;
            /**
             * Format: date
             * @description In the zone that the workspace reports in.
             */
            day: string;
            impressions: number;
        };
        Cost: {
            link_id: string;
            /**
             * Format: date
             * @description In the zone that the workspace reports in.
             */
            day: string;
            /** @description Exact, in the workspace's currency. */
            amount: string;
        };
        CostEntry: {
            link_id: string;
            /**
             * Format: date
             * @description In the zone that the workspace reports in.
             */
            day: string;
            /** @description At most six decimals. A text is exact; a number is taken in its first 15 digits. */
            amount: string | number;
            /** @description If given, the workspace's. */
            currency?: string | null;
        };
        Entered: {
            entries: number;
        };
        ImpressionsEntries: {
            /** @description Each sets the value of its link and day. */
            entries: components["schemas"]["Impressions"][];
        };
        ImpressionsList: {
            data: components["schemas"]["Impressions"][];
            next_cursor: string | null;
        };
        CostEntries: {
            /** @description Each sets the value of its link and day. */
            entries: components["schemas"]["CostEntry"][];
        };
        CostList: {
            data: components["schemas"]["Cost"][];
            next_cursor: string | null;
        };
        ChannelRow: {
            /** @description As clicks carry it. Empty: links without a channel, which have figures but no rates. */
            channel: string;
            kind: components["schemas"]["ValueKind"];
            clicks: number;
            unique_clicks: number | null;
            /** @description clicks ÷ total clicks; null when the total is 0. */
            share: number | null;
            /** @description Impressions entered for the days of the range; null when none were, when the range is not whole days of the zone that the workspace reports in, or with filters other than link, campaign, tag and channel. */
            impressions: number | null;
            /** @description Human clicks ÷ impressions × 100; null without impressions. */
            ctr: number | null;
            /** @description Wilson's 95 % interval of `ctr`; null with more clicks than impressions. */
            ctr_interval: components["schemas"]["PercentInterval"] | null;
            /** @description Too few impressions were entered, so `ctr` is not a share. */
            more_clicks_than_impressions: boolean;
            /** @description Costs entered, in `currency`; null like `impressions`. */
            cost: number | null;
            /** @description Cost ÷ human clicks; null without a cost and without clicks. */
            cpc: number | null;
            /** @description That happened in the range, of clicks of the channel and of the traffic asked for. */
            conversions: number;
            /** @description Cost ÷ conversions; null without a cost and without conversions. */
            cpa: number | null;
            /** @description What a conversion costs, from the Poisson range of their number; the ranges of all channels hold together at 95 %. null without a cost. */
            cpa_range: components["schemas"]["CostRange"] | null;
            /** @description Cost of one conversion more, from the slope of conversions over cost by days, or by weeks for more than four of them; null when none came of more money. */
            marginal_cpa: number | null;
            /** @description Its range; null when the same was spent in all periods. */
            marginal_cpa_range: components["schemas"]["CostRange"] | null;
            /** @description What is usual for the channel, by placement. */
            benchmarks: {
                placement: string | null;
                ctr: components["schemas"]["PercentInterval"];
                /**
                 * @description Where the interval of `ctr` lies; unclear when it reaches over an end.
                 * @enum {string}
                 */
                standing: "unclear" | "below" | "within" | "above";
            }[];
        };
        /** @description Of one conversion, in `currency`. */
        CostRange: {
            low: number;
            /** @description null: any amount. */
            high: number | null;
        };
        /** @description From which channel to which money should move: the ranges of their costs do not overlap. */
        BudgetShift: {
            from: string;
            to: string;
            /**
             * @description Which costs of a conversion are compared.
             * @enum {string}
             */
            by: "marginal" | "average";
            from_cost: components["schemas"]["CostRange"];
            to_cost: components["schemas"]["CostRange"];
        };
        Channels: {
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            from: string;
            /**
             * Format: date-time
             * @description UTC, milliseconds, ISO 8601.
             */
            to: string;
            tz: string;
            currency: string | null;
            rows: components["schemas"]["ChannelRow"][];
            total: {
                clicks: number;
                unique_clicks: number | null;
                conversions: number;
            };
            shift: components["schemas"]["BudgetShift"] | null;
            /**
             * @description Why there is no advice.
             * @enum {string|null}
             */
            shift_reason: "no_figures" | "one_channel" | "too_few_conversions" | "ranges_overlap" | null;
            /**
             * Format: date-time
             * @description Every hit received before this is counted. UTC.
             */
            as_of: string;
            /** @description True when clicks could not be recorded for a while (journal degraded). */
            incomplete: boolean;
        };
    };
    responses: {
        /** @description The request cannot be read: `bad_request` (HTTP), `bad_json`, `duplicate_key`, `too_deep`, `not_utf8`, `bad_query`, `unknown_parameter`, `repeated_parameter`, `bad_value`, `bad_range`, `too_many_points`, `bad_cursor`, `bad_header`, `required` (a parameter). */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No key or session, or one that does not hold: `unauthenticated`, `bad_key`, `bad_login`. The answer is the same whichever part was wrong. */
        Unauthenticated: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Known, but not allowed: `missing_scope`, `cross_origin` (a session's write from another site), `session_required`, `bad_setup_token`. */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No such thing in this workspace: `not_found`. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `slug_taken`, `idempotency_mismatch` (the key was used with another body), `host_taken`, `domain_in_use`, `links_lead_here` (a link or a redirect leads to the host), `setup_done`. */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is over its limit, 1 MiB where nothing else is said: `too_large`. */
        TooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body must be `application/json` (PATCH: or `application/merge-patch+json`): `unsupported_media_type`. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A field is wrong, `field` names it: `required`, `unknown_field`, `wrong_type`, `too_long`, `too_short`, `too_many`, `reserved`, `bad_slug`, `bad_url`, `bad_scheme`, `no_host`, `bad_host`, `bad_port`, `credentials`, `control_character`, `not_utf8`, `own_host`, `unknown_domain`, `bad_time`, `before_start`, `bad_email`, `unknown_scope`, `token_without_prefix`, `bad_value`, `bad_placeholder`, `bad_time_zone`, `empty_window`, `repeated`, `fixed`, `too_many_passwords`, `unknown_link`, `repeated_entry`, `wrong_currency`, `bad_record`, `repeated_click`, `public_alone`, `invalid_items` (`errors` says which). */
        InvalidField: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many tries: `too_many`. */
        TooMany: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                /** @description Seconds to wait. */
                "Retry-After": number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A part that is needed is down, `detail` says which: `unavailable`. */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description What any path may answer besides: 404 `not_found`, 405 `method_not_allowed` (with Allow), 408 `request_timeout`, 413 `too_large`, 417 `expectation_failed`, 414 `uri_too_long`, 431 `headers_too_large`, 500 `internal`, 501 `not_implemented` (transfer coding), 503 `unavailable`, 505 `http_version`. */
        Other: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description Link id.
         * @example lnk_42
         */
        filter_link: string;
        /** @description Host that was asked. */
        filter_domain: string;
        /** @description First part of the short path. */
        filter_prefix: string;
        /** @description Second part of the short path. */
        filter_token: string;
        /**
         * @description Campaign of the click.
         * @example summer
         */
        filter_campaign: string;
        /**
         * @description A link's current tag; empty: clicks of links without one.
         * @example newsletter
         */
        filter_tag: string;
        /**
         * @description utm_source, or what stands for it.
         * @example newsletter
         */
        filter_source: string;
        /**
         * @description utm_medium.
         * @example email
         */
        filter_medium: string;
        /** @description utm_content. */
        filter_content: string;
        /** @description utm_term. */
        filter_term: string;
        /** @description Private ?src= tag. */
        filter_src: string;
        /**
         * @description Channel.
         * @example email
         */
        filter_channel: string;
        /**
         * @description Referrer's host.
         * @example news.example
         */
        filter_referrer: string;
        /** @description Referrer's path. */
        filter_referrer_path: string;
        /**
         * @description ISO 3166-1 alpha-2, or Unknown.
         * @example DE,AT
         */
        filter_country: string;
        /** @description Region. */
        filter_region: string;
        /** @description City. */
        filter_city: string;
        /** @description Language. */
        filter_language: string;
        /**
         * @description ios, android, desktop, other.
         * @example !desktop
         */
        filter_platform: string;
        /** @description mobile, tablet, desktop, tv, console, wearable, other. */
        filter_device: string;
        /** @description Operating system. */
        filter_os: string;
        /** @description Its version. */
        filter_os_version: string;
        /** @description Browser, or the app it runs in. */
        filter_browser: string;
        /** @description Its version. */
        filter_browser_version: string;
        /**
         * @description true or false.
         * @example true
         */
        filter_in_app: string;
        /**
         * @description WIDTHxHEIGHT in physical pixels.
         * @example 1080x2340
         */
        filter_screen: string;
        /** @description Where the size came from. */
        filter_screen_source: string;
        /** @description Device pixel ratio. */
        filter_dpr: string;
        /** @description link, qr, open. */
        filter_trigger: string;
        /** @description Variant of an experiment. */
        filter_variant: string;
        /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
        filter_outcome: string;
        /** @description Which rule decided the traffic class. */
        filter_reason: string;
        /** @description Kind of a paid click id. */
        filter_ad_click: string;
        /** @description true: unique clicks only. */
        filter_first: string;
        /** @description true or false. */
        filter_imported: string;
        /**
         * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
         * @example 2027-06-01
         */
        from: string;
        /**
         * @description End, excluded.
         * @example 2027-07-01
         */
        to: string;
        /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
        range: "24h" | "7d" | "30d" | "90d" | "12mo" | "all";
        /**
         * @description IANA time zone.
         * @example Europe/Berlin
         */
        tz: string;
        /** @description Whose clicks. */
        traffic: "human" | "bot" | "all";
        /** @description Rows on a page. */
        limit: number;
        /** @description `next_cursor` of the page before. */
        cursor: string;
        /** @description Link id. */
        link_id: string;
        /** @description Side of the picture in pixels, margin included. */
        qr_size: number;
        /** @description Quiet ground on each side, in modules; scanners are promised 4. */
        qr_margin: number;
        /** @description Of the modules: `#rgb`, `#rrggbb` or `#rrggbbaa`, the `#` escaped as `%23` or left out. Clearly darker than the background: a contrast ratio of 2 and a luminance lower by 0.2, or more. */
        qr_color: string;
        /** @description As `color`, or `transparent`, which is judged as white. */
        qr_background: string;
        /** @description Error correction: about 7, 15, 25 or 30 % of the code may be lost. A higher level is used where it needs no larger code, and H whenever there is a logo. */
        qr_level: "L" | "M" | "Q" | "H";
        /** @description For a pattern (`:token`), and needed there: which of its short URLs the code leads to. */
        qr_token: string;
        /** @description 1: answered as a file to save. */
        qr_download: "0" | "1";
        domain_id: string;
        conversion_id: string;
        export_id: string;
        /** @description The period: a day, an ISO week or a month. */
        export_of: string;
        alert_id: string;
        webhook_id: string;
        experiment_id: string;
        /** @description The control's rate, as a share. */
        plan_base: number;
        /** @description Smallest change worth finding, relative to `base`; negative for a loss. */
        plan_lift: number;
        /** @description Two-sided; divided by the number of variants (Bonferroni). */
        plan_alpha: number;
        /** @description Chance to find the change when it is there. */
        plan_power: number;
        /** @description How visitors are divided, 2 to 20 numbers, the control's first. */
        plan_weights: string;
        /** @description Visitors of all arms a day; without it `days` is null. */
        plan_per_day: number;
        /** @description Id of a link. */
        figure_link: string;
        /** @description First day. */
        figure_from: string;
        /** @description Day behind the last. */
        figure_to: string;
        /** @description Rows on a page. */
        figure_limit: number;
        /** @description Day of the entry. */
        figure_day: string;
    };
    requestBodies: never;
    headers: {
        /** @description Names this request in the log. */
        RequestId: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "usr_1",
                     *         "email": "ada@example.com"
                     *       },
                     *       "workspace": {
                     *         "id": "ws_1",
                     *         "name": "default"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["SessionCreate"];
            };
        };
        responses: {
            /** @description Logged in. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description `tallymark_session`, HttpOnly, SameSite=Strict, Secure over https. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "usr_1",
                     *         "email": "ada@example.com"
                     *       },
                     *       "workspace": {
                     *         "id": "ws_1",
                     *         "name": "default"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Other"];
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Logged out; the session is gone on the server too. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description State. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "needed": true
                     *     }
                     */
                    "application/json": components["schemas"]["Setup"];
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Other"];
        };
    };
    createSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "pQ4z…",
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["SetupCreate"];
            };
        };
        responses: {
            /** @description Made, and logged in. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description `tallymark_session`, HttpOnly, SameSite=Strict, Secure over https. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "usr_1",
                     *         "email": "ada@example.com"
                     *       },
                     *       "workspace": {
                     *         "id": "ws_1",
                     *         "name": "default"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Other"];
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All keys, oldest first; secrets are not shown. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "key_3",
                     *           "name": "reporting",
                     *           "scopes": [
                     *             "stats:read"
                     *           ],
                     *           "created_at": "2027-06-01T09:30:00.000Z",
                     *           "last_used_at": null,
                     *           "public_key": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "reporting",
                 *       "scopes": [
                 *         "stats:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["KeyCreate"];
            };
        };
        responses: {
            /** @description Made. The secret is in `key`, once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_3",
                     *       "name": "reporting",
                     *       "scopes": [
                     *         "stats:read"
                     *       ],
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "last_used_at": null,
                     *       "public_key": null,
                     *       "key": "tmk_0123456789abcdefghijABCDEFGHIJ0123456789"
                     *     }
                     */
                    "application/json": components["schemas"]["KeyCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    deleteKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked at once. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    getMeta: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description About this server. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": "0.1.0",
                     *       "geo_attribution": "IP geolocation by DB-IP",
                     *       "privacy": {
                     *         "ip": "none",
                     *         "signals": "anonymise",
                     *         "workspace": {
                     *           "retention_days": 90,
                     *           "experiment_cookie": false
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Meta"];
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Other"];
        };
    };
    listLinks: {
        parameters: {
            query?: {
                /** @description In prefix, token, title and destination; ASCII case does not matter. */
                search?: string;
                /** @description Only links with this tag. */
                tag?: string;
                /** @description Only links of this campaign. */
                campaign?: string;
                /** @description Only links of this domain. */
                domain?: string;
                /** @description Only links that are on (off). */
                enabled?: "true" | "false";
                /** @description Only links that, by their switch and their dates, are now: `active`, `scheduled` (not open yet), `expired`, or `disabled`, which comes before the dates. */
                state?: "active" | "expired" | "scheduled" | "disabled";
                /** @description `true`: `total` is told. Costs as much as looking at each link that matches. */
                count?: "true" | "false";
                /** @description Leading `-`: descending. */
                sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at" | "prefix" | "-prefix" | "title" | "-title";
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters. A repetition within 24 hours gets the same link instead of a second one. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "destination": "https://shop.example/summer"
                 *     }
                 */
                "application/json": components["schemas"]["LinkCreate"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Path of the link in this API. */
                    Location?: string;
                    /** @description `true` when an earlier request with this key made the link. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "lnk_42",
                     *       "domain": null,
                     *       "prefix": "promo",
                     *       "token": "summer-sale",
                     *       "destination": "https://shop.example/summer",
                     *       "title": "Summer sale",
                     *       "tags": [
                     *         "newsletter"
                     *       ],
                     *       "campaign": "summer",
                     *       "channel": null,
                     *       "utm": {
                     *         "source": "newsletter",
                     *         "medium": "email",
                     *         "campaign": null,
                     *         "content": null,
                     *         "term": null
                     *       },
                     *       "ios": {
                     *         "url": null,
                     *         "store_url": null
                     *       },
                     *       "android": {
                     *         "url": null,
                     *         "store_url": null
                     *       },
                     *       "rules": [],
                     *       "variants": [],
                     *       "og": {
                     *         "title": null,
                     *         "description": null,
                     *         "image_url": null
                     *       },
                     *       "fallback_url": null,
                     *       "password": null,
                     *       "click_limit": null,
                     *       "status": 302,
                     *       "passthrough": false,
                     *       "append_click_id": false,
                     *       "landing": false,
                     *       "privacy": "standard",
                     *       "enabled": true,
                     *       "starts_at": null,
                     *       "expires_at": "2027-09-01T00:00:00.000Z",
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z",
                     *       "short_url": "https://go.example/promo/summer-sale",
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["Link"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    createLinks: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters. A repetition within 24 hours gets the same links instead of further ones. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "links": [
                 *         {
                 *           "destination": "https://shop.example/summer"
                 *         },
                 *         {
                 *           "destination": "https://shop.example/winter",
                 *           "prefix": "winter"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["LinkBulk"];
            };
        };
        responses: {
            /** @description Made, all of them. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description `true` when an earlier request with this key made the links. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "lnk_42",
                     *           "domain": null,
                     *           "prefix": "promo",
                     *           "token": "summer-sale",
                     *           "destination": "https://shop.example/summer",
                     *           "title": "Summer sale",
                     *           "tags": [
                     *             "newsletter"
                     *           ],
                     *           "campaign": "summer",
                     *           "channel": null,
                     *           "utm": {
                     *             "source": "newsletter",
                     *             "medium": "email",
                     *             "campaign": null,
                     *             "content": null,
                     *             "term": null
                     *           },
                     *           "ios": {
                     *             "url": null,
                     *             "store_url": null
                     *           },
                     *           "android": {
                     *             "url": null,
                     *             "store_url": null
                     *           },
                     *           "rules": [],
                     *           "variants": [],
                     *           "og": {
                     *             "title": null,
                     *             "description": null,
                     *             "image_url": null
                     *           },
                     *           "fallback_url": null,
                     *           "password": null,
                     *           "click_limit": null,
                     *           "status": 302,
                     *           "passthrough": false,
                     *           "append_click_id": false,
                     *           "landing": false,
                     *           "privacy": "standard",
                     *           "enabled": true,
                     *           "starts_at": null,
                     *           "expires_at": "2027-09-01T00:00:00.000Z",
                     *           "created_at": "2027-06-01T09:30:00.000Z",
                     *           "updated_at": "2027-06-01T09:30:00.000Z",
                     *           "short_url": "https://go.example/promo/summer-sale",
                     *           "warnings": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LinkBulkCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    getLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "lnk_42",
                     *       "domain": null,
                     *       "prefix": "promo",
                     *       "token": "summer-sale",
                     *       "destination": "https://shop.example/summer",
                     *       "title": "Summer sale",
                     *       "tags": [
                     *         "newsletter"
                     *       ],
                     *       "campaign": "summer",
                     *       "channel": null,
                     *       "utm": {
                     *         "source": "newsletter",
                     *         "medium": "email",
                     *         "campaign": null,
                     *         "content": null,
                     *         "term": null
                     *       },
                     *       "ios": {
                     *         "url": null,
                     *         "store_url": null
                     *       },
                     *       "android": {
                     *         "url": null,
                     *         "store_url": null
                     *       },
                     *       "rules": [],
                     *       "variants": [],
                     *       "og": {
                     *         "title": null,
                     *         "description": null,
                     *         "image_url": null
                     *       },
                     *       "fallback_url": null,
                     *       "password": null,
                     *       "click_limit": null,
                     *       "status": 302,
                     *       "passthrough": false,
                     *       "append_click_id": false,
                     *       "landing": false,
                     *       "privacy": "standard",
                     *       "enabled": true,
                     *       "starts_at": null,
                     *       "expires_at": "2027-09-01T00:00:00.000Z",
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z",
                     *       "short_url": "https://go.example/promo/summer-sale",
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["Link"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    deleteLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. Its clicks stay counted; its name is free again. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    updateLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Summer sale, week 2",
                 *       "expires_at": null
                 *     }
                 */
                "application/json": components["schemas"]["LinkPatch"];
                /**
                 * @example {
                 *       "title": "Summer sale, week 2",
                 *       "expires_at": null
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["LinkPatch"];
            };
        };
        responses: {
            /** @description The link as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "lnk_42",
                     *       "domain": null,
                     *       "prefix": "promo",
                     *       "token": "summer-sale",
                     *       "destination": "https://shop.example/summer",
                     *       "title": "Summer sale",
                     *       "tags": [
                     *         "newsletter"
                     *       ],
                     *       "campaign": "summer",
                     *       "channel": null,
                     *       "utm": {
                     *         "source": "newsletter",
                     *         "medium": "email",
                     *         "campaign": null,
                     *         "content": null,
                     *         "term": null
                     *       },
                     *       "ios": {
                     *         "url": null,
                     *         "store_url": null
                     *       },
                     *       "android": {
                     *         "url": null,
                     *         "store_url": null
                     *       },
                     *       "rules": [],
                     *       "variants": [],
                     *       "og": {
                     *         "title": null,
                     *         "description": null,
                     *         "image_url": null
                     *       },
                     *       "fallback_url": null,
                     *       "password": null,
                     *       "click_limit": null,
                     *       "status": 302,
                     *       "passthrough": false,
                     *       "append_click_id": false,
                     *       "landing": false,
                     *       "privacy": "standard",
                     *       "enabled": true,
                     *       "starts_at": null,
                     *       "expires_at": "2027-09-01T00:00:00.000Z",
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z",
                     *       "short_url": "https://go.example/promo/summer-sale",
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["Link"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    listLinkHistory: {
        parameters: {
            query?: {
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of edits. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "edt_2",
                     *           "time": "2027-06-01T10:00:01.000Z",
                     *           "kind": "updated",
                     *           "by": {
                     *             "kind": "user",
                     *             "id": "usr_1",
                     *             "name": "ada@example.com"
                     *           },
                     *           "changes": [
                     *             {
                     *               "field": "title",
                     *               "before": null,
                     *               "after": "Summer sale"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": "edt_2"
                     *     }
                     */
                    "application/json": components["schemas"]["LinkHistory"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    getQrSvg: {
        parameters: {
            query?: {
                /** @description Side of the picture in pixels, margin included. */
                size?: components["parameters"]["qr_size"];
                /** @description Quiet ground on each side, in modules; scanners are promised 4. */
                margin?: components["parameters"]["qr_margin"];
                /** @description Of the modules: `#rgb`, `#rrggbb` or `#rrggbbaa`, the `#` escaped as `%23` or left out. Clearly darker than the background: a contrast ratio of 2 and a luminance lower by 0.2, or more. */
                color?: components["parameters"]["qr_color"];
                /** @description As `color`, or `transparent`, which is judged as white. */
                background?: components["parameters"]["qr_background"];
                /** @description Error correction: about 7, 15, 25 or 30 % of the code may be lost. A higher level is used where it needs no larger code, and H whenever there is a logo. */
                level?: components["parameters"]["qr_level"];
                /** @description For a pattern (`:token`), and needed there: which of its short URLs the code leads to. */
                token?: components["parameters"]["qr_token"];
                /** @description 1: answered as a file to save. */
                download?: components["parameters"]["qr_download"];
            };
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Of the picture; send it as If-None-Match. */
                    ETag: string;
                    /** @description With `download=1`: attachment and a file name. */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description If-None-Match names the picture as it is. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The code cannot be drawn so that a scanner reads it: `low_contrast` (color), `text_too_long` (level); or the link and `token` do not fit: `required`, `not_a_pattern`, `bad_slug`, `too_long`. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Other"];
        };
    };
    drawQrSvg: {
        parameters: {
            query?: {
                /** @description Side of the picture in pixels, margin included. */
                size?: components["parameters"]["qr_size"];
                /** @description Quiet ground on each side, in modules; scanners are promised 4. */
                margin?: components["parameters"]["qr_margin"];
                /** @description Of the modules: `#rgb`, `#rrggbb` or `#rrggbbaa`, the `#` escaped as `%23` or left out. Clearly darker than the background: a contrast ratio of 2 and a luminance lower by 0.2, or more. */
                color?: components["parameters"]["qr_color"];
                /** @description As `color`, or `transparent`, which is judged as white. */
                background?: components["parameters"]["qr_background"];
                /** @description Error correction: about 7, 15, 25 or 30 % of the code may be lost. A higher level is used where it needs no larger code, and H whenever there is a logo. */
                level?: components["parameters"]["qr_level"];
                /** @description For a pattern (`:token`), and needed there: which of its short URLs the code leads to. */
                token?: components["parameters"]["qr_token"];
                /** @description 1: answered as a file to save. */
                download?: components["parameters"]["qr_download"];
            };
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/png": string;
            };
        };
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The code cannot be drawn so that a scanner reads it: `low_contrast` (color), `text_too_long` (level); the logo: `logo_not_png`, `logo_too_large`, `logo_damaged`; or the link and `token` do not fit: `required`, `not_a_pattern`, `bad_slug`, `too_long`. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Other"];
        };
    };
    getQrPng: {
        parameters: {
            query?: {
                /** @description Side of the picture in pixels, margin included. */
                size?: components["parameters"]["qr_size"];
                /** @description Quiet ground on each side, in modules; scanners are promised 4. */
                margin?: components["parameters"]["qr_margin"];
                /** @description Of the modules: `#rgb`, `#rrggbb` or `#rrggbbaa`, the `#` escaped as `%23` or left out. Clearly darker than the background: a contrast ratio of 2 and a luminance lower by 0.2, or more. */
                color?: components["parameters"]["qr_color"];
                /** @description As `color`, or `transparent`, which is judged as white. */
                background?: components["parameters"]["qr_background"];
                /** @description Error correction: about 7, 15, 25 or 30 % of the code may be lost. A higher level is used where it needs no larger code, and H whenever there is a logo. */
                level?: components["parameters"]["qr_level"];
                /** @description For a pattern (`:token`), and needed there: which of its short URLs the code leads to. */
                token?: components["parameters"]["qr_token"];
                /** @description 1: answered as a file to save. */
                download?: components["parameters"]["qr_download"];
            };
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Of the picture; send it as If-None-Match. */
                    ETag: string;
                    /** @description With `download=1`: attachment and a file name. */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description If-None-Match names the picture as it is. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The code cannot be drawn so that a scanner reads it: `low_contrast` (color), `text_too_long` (level), `too_small` (size); or the link and `token` do not fit: `required`, `not_a_pattern`, `bad_slug`, `too_long`. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Other"];
        };
    };
    drawQrPng: {
        parameters: {
            query?: {
                /** @description Side of the picture in pixels, margin included. */
                size?: components["parameters"]["qr_size"];
                /** @description Quiet ground on each side, in modules; scanners are promised 4. */
                margin?: components["parameters"]["qr_margin"];
                /** @description Of the modules: `#rgb`, `#rrggbb` or `#rrggbbaa`, the `#` escaped as `%23` or left out. Clearly darker than the background: a contrast ratio of 2 and a luminance lower by 0.2, or more. */
                color?: components["parameters"]["qr_color"];
                /** @description As `color`, or `transparent`, which is judged as white. */
                background?: components["parameters"]["qr_background"];
                /** @description Error correction: about 7, 15, 25 or 30 % of the code may be lost. A higher level is used where it needs no larger code, and H whenever there is a logo. */
                level?: components["parameters"]["qr_level"];
                /** @description For a pattern (`:token`), and needed there: which of its short URLs the code leads to. */
                token?: components["parameters"]["qr_token"];
                /** @description 1: answered as a file to save. */
                download?: components["parameters"]["qr_download"];
            };
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/png": string;
            };
        };
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The code cannot be drawn so that a scanner reads it: `low_contrast` (color), `text_too_long` (level), `too_small` (size); the logo: `logo_not_png`, `logo_too_large`, `logo_damaged`; or the link and `token` do not fit: `required`, `not_a_pattern`, `bad_slug`, `too_long`. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Other"];
        };
    };
    listDomains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All domains. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "dom_3",
                     *           "host": "b.example",
                     *           "base_url": "https://b.example",
                     *           "root_redirect": "https://www.b.example/",
                     *           "not_found_redirect": null,
                     *           "created_at": "2027-06-01T09:30:00.000Z",
                     *           "updated_at": "2027-06-01T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DomainList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createDomain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "host": "b.example",
                 *       "root_redirect": "https://www.b.example/"
                 *     }
                 */
                "application/json": components["schemas"]["DomainCreate"];
            };
        };
        responses: {
            /** @description Added. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Path of the domain in this API. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dom_3",
                     *       "host": "b.example",
                     *       "base_url": "https://b.example",
                     *       "root_redirect": "https://www.b.example/",
                     *       "not_found_redirect": null,
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Domain"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    getDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["domain_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The domain. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dom_3",
                     *       "host": "b.example",
                     *       "base_url": "https://b.example",
                     *       "root_redirect": "https://www.b.example/",
                     *       "not_found_redirect": null,
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Domain"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    deleteDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["domain_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Other"];
        };
    };
    updateDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["domain_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "not_found_redirect": "https://www.b.example/lost"
                 *     }
                 */
                "application/json": components["schemas"]["DomainPatch"];
                /**
                 * @example {
                 *       "not_found_redirect": "https://www.b.example/lost"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["DomainPatch"];
            };
        };
        responses: {
            /** @description The domain as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dom_3",
                     *       "host": "b.example",
                     *       "base_url": "https://b.example",
                     *       "root_redirect": "https://www.b.example/",
                     *       "not_found_redirect": "https://www.b.example/lost",
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Domain"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workspace_id": "ws_1",
                     *       "name": "default",
                     *       "time_zone": "Europe/Berlin",
                     *       "currency": "EUR",
                     *       "retention_days": 400,
                     *       "experiment_cookie": false,
                     *       "created_at": "2027-06-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Settings"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "time_zone": "Europe/Berlin",
                 *       "currency": "EUR"
                 *     }
                 */
                "application/json": components["schemas"]["SettingsPatch"];
                /**
                 * @example {
                 *       "time_zone": "Europe/Berlin",
                 *       "currency": "EUR"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["SettingsPatch"];
            };
        };
        responses: {
            /** @description The settings as they are now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workspace_id": "ws_1",
                     *       "name": "default",
                     *       "time_zone": "Europe/Berlin",
                     *       "currency": "EUR",
                     *       "retention_days": 400,
                     *       "experiment_cookie": false,
                     *       "created_at": "2027-06-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Settings"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    listImpressions: {
        parameters: {
            query?: {
                /** @description Id of a link. */
                link?: components["parameters"]["figure_link"];
                /** @description First day. */
                from?: components["parameters"]["figure_from"];
                /** @description Day behind the last. */
                to?: components["parameters"]["figure_to"];
                /** @description Rows on a page. */
                limit?: components["parameters"]["figure_limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "link_id": "lnk_7",
                     *           "day": "2027-06-01",
                     *           "impressions": 1200
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ImpressionsList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    enterImpressions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "entries": [
                 *         {
                 *           "link_id": "lnk_7",
                 *           "day": "2027-06-01",
                 *           "impressions": 1200
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ImpressionsEntries"];
                /**
                 * @example link,day,impressions
                 *     lnk_7,2027-06-01,1200
                 *     /summer/sale,2027-06-01,300
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description How many entries were set. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Entered"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    deleteImpressions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
                /** @description Day of the entry. */
                day: components["parameters"]["figure_day"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    listCosts: {
        parameters: {
            query?: {
                /** @description Id of a link. */
                link?: components["parameters"]["figure_link"];
                /** @description First day. */
                from?: components["parameters"]["figure_from"];
                /** @description Day behind the last. */
                to?: components["parameters"]["figure_to"];
                /** @description Rows on a page. */
                limit?: components["parameters"]["figure_limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "link_id": "lnk_7",
                     *           "day": "2027-06-01",
                     *           "amount": "12.5"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["CostList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    enterCosts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "entries": [
                 *         {
                 *           "link_id": "lnk_7",
                 *           "day": "2027-06-01",
                 *           "amount": "12.5"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CostEntries"];
                /**
                 * @example link,day,amount
                 *     lnk_7,2027-06-01,12.50
                 *     /summer/sale,2027-06-01,3
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description How many entries were set. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Entered"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    deleteCosts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Link id. */
                id: components["parameters"]["link_id"];
                /** @description Day of the entry. */
                day: components["parameters"]["figure_day"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    getSummary: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Numbers of the range and of the period before. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summary"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getTimeseries: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
                /** @description Length of a bucket in `tz`; weeks start on Monday. */
                interval?: "minute" | "15m" | "hour" | "day" | "week" | "month" | "auto";
                /** @description One series a value of this dimension; `tag` is not offered here. */
                by?: components["schemas"]["Dimension"];
                /** @description With `by`: the largest values; the others are one series of kind `rest`. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One point a bucket, zero-filled, oldest first; with `by` one point a bucket and value. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeseries"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getVelocity: {
        parameters: {
            query?: {
                /** @description `auto` is by the hour up to 14 days. */
                interval?: "hour" | "day" | "auto";
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bucket by bucket. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Velocity"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getHeatmap: {
        parameters: {
            query?: {
                /** @description Whose hours: those of `tz`, or of the visitor's country and region. Clicks of places whose clock cannot be told are left out then, and `coverage` says how many have one. */
                clock?: "viewer" | "visitor";
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The week, cell by cell. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Heatmap"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getBreakdown: {
        parameters: {
            query: {
                /** @description The dimension. */
                by: components["schemas"]["Dimension"];
                /** @description Rows before `rest`. */
                limit?: number;
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Largest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Breakdown"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getBreakdowns: {
        parameters: {
            query: {
                /** @description Dimensions with commas between them, each once; `tag` is not offered. */
                by: components["schemas"]["Dimension"][];
                /** @description Rows of each before `rest`. */
                limit?: number;
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One for each dimension, in their order. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Breakdowns"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    exportCsv: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
                /** @description Rows of this dimension's values instead of single hits. Not together with `interval`. */
                by?: components["schemas"]["Dimension"];
                /** @description Points of this length instead of single hits. */
                interval?: "minute" | "15m" | "hour" | "day" | "week" | "month" | "auto";
                /** @description 1: cells of CSV that look like formulas get no apostrophe in front. */
                raw?: "0" | "1";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Every hit received before is in the file. */
                    "X-Tallymark-As-Of"?: string;
                    /** @description Whether clicks in the range went unrecorded. */
                    "X-Tallymark-Incomplete"?: boolean;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    exportNdjson: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
                /** @description Rows of this dimension's values instead of single hits. Not together with `interval`. */
                by?: components["schemas"]["Dimension"];
                /** @description Points of this length instead of single hits. */
                interval?: "minute" | "15m" | "hour" | "day" | "week" | "month" | "auto";
                /** @description 1: cells of CSV that look like formulas get no apostrophe in front. */
                raw?: "0" | "1";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Every hit received before is in the file. */
                    "X-Tallymark-As-Of"?: string;
                    /** @description Whether clicks in the range went unrecorded. */
                    "X-Tallymark-Incomplete"?: boolean;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    exportParquet: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
                /** @description Rows of this dimension's values instead of single hits. Not together with `interval`. */
                by?: components["schemas"]["Dimension"];
                /** @description Points of this length instead of single hits. */
                interval?: "minute" | "15m" | "hour" | "day" | "week" | "month" | "auto";
                /** @description 1: cells of CSV that look like formulas get no apostrophe in front. */
                raw?: "0" | "1";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Every hit received before is in the file. */
                    "X-Tallymark-As-Of"?: string;
                    /** @description Whether clicks in the range went unrecorded. */
                    "X-Tallymark-Incomplete"?: boolean;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getFunnel: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Steps in their order. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Funnel"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getBestTime: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
                /** @description Hours at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The best hours first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BestTime"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getGeo: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
                /** @description What a market is. Regions are best asked for with one `country`. */
                by?: "country" | "region" | "city";
                /** @description Markets at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Markets, most clicks first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Geo"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getComparison: {
        parameters: {
            query: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
                /** @description The dimension of `values`. */
                by?: components["schemas"]["Dimension"];
                /** @description What to compare, in the grammar of a filter: `values=lnk_1,lnk_2`, `by=country&values=DE,AT`. The first is what the others are held against. */
                values: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A column for each value, in the order asked for. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComparedValues"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getChannels: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row a channel. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channels"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    watchClicks: {
        parameters: {
            query?: {
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
            };
            header?: {
                /** @description The id of the last row seen: the stream goes on behind it. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, until one side closes. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    listClicks: {
        parameters: {
            query?: {
                /**
                 * @description Start, included. ISO 8601 date or date-time; without offset it is in `tz`. Needs `to`; excludes `range`.
                 * @example 2027-06-01
                 */
                from?: components["parameters"]["from"];
                /**
                 * @description End, excluded.
                 * @example 2027-07-01
                 */
                to?: components["parameters"]["to"];
                /** @description 24h is rolling; the others are whole calendar days (months) in `tz`, today included. */
                range?: components["parameters"]["range"];
                /**
                 * @description IANA time zone.
                 * @example Europe/Berlin
                 */
                tz?: components["parameters"]["tz"];
                /** @description Whose clicks. */
                traffic?: components["parameters"]["traffic"];
                /**
                 * @description Link id.
                 * @example lnk_42
                 */
                link?: components["parameters"]["filter_link"];
                /** @description Host that was asked. */
                domain?: components["parameters"]["filter_domain"];
                /** @description First part of the short path. */
                prefix?: components["parameters"]["filter_prefix"];
                /** @description Second part of the short path. */
                token?: components["parameters"]["filter_token"];
                /**
                 * @description Campaign of the click.
                 * @example summer
                 */
                campaign?: components["parameters"]["filter_campaign"];
                /**
                 * @description A link's current tag; empty: clicks of links without one.
                 * @example newsletter
                 */
                tag?: components["parameters"]["filter_tag"];
                /**
                 * @description utm_source, or what stands for it.
                 * @example newsletter
                 */
                source?: components["parameters"]["filter_source"];
                /**
                 * @description utm_medium.
                 * @example email
                 */
                medium?: components["parameters"]["filter_medium"];
                /** @description utm_content. */
                content?: components["parameters"]["filter_content"];
                /** @description utm_term. */
                term?: components["parameters"]["filter_term"];
                /** @description Private ?src= tag. */
                src?: components["parameters"]["filter_src"];
                /**
                 * @description Channel.
                 * @example email
                 */
                channel?: components["parameters"]["filter_channel"];
                /**
                 * @description Referrer's host.
                 * @example news.example
                 */
                referrer?: components["parameters"]["filter_referrer"];
                /** @description Referrer's path. */
                referrer_path?: components["parameters"]["filter_referrer_path"];
                /**
                 * @description ISO 3166-1 alpha-2, or Unknown.
                 * @example DE,AT
                 */
                country?: components["parameters"]["filter_country"];
                /** @description Region. */
                region?: components["parameters"]["filter_region"];
                /** @description City. */
                city?: components["parameters"]["filter_city"];
                /** @description Language. */
                language?: components["parameters"]["filter_language"];
                /**
                 * @description ios, android, desktop, other.
                 * @example !desktop
                 */
                platform?: components["parameters"]["filter_platform"];
                /** @description mobile, tablet, desktop, tv, console, wearable, other. */
                device?: components["parameters"]["filter_device"];
                /** @description Operating system. */
                os?: components["parameters"]["filter_os"];
                /** @description Its version. */
                os_version?: components["parameters"]["filter_os_version"];
                /** @description Browser, or the app it runs in. */
                browser?: components["parameters"]["filter_browser"];
                /** @description Its version. */
                browser_version?: components["parameters"]["filter_browser_version"];
                /**
                 * @description true or false.
                 * @example true
                 */
                in_app?: components["parameters"]["filter_in_app"];
                /**
                 * @description WIDTHxHEIGHT in physical pixels.
                 * @example 1080x2340
                 */
                screen?: components["parameters"]["filter_screen"];
                /** @description Where the size came from. */
                screen_source?: components["parameters"]["filter_screen_source"];
                /** @description Device pixel ratio. */
                dpr?: components["parameters"]["filter_dpr"];
                /** @description link, qr, open. */
                trigger?: components["parameters"]["filter_trigger"];
                /** @description Variant of an experiment. */
                variant?: components["parameters"]["filter_variant"];
                /** @description Outcome. Only redirected and landing are clicks; the others are in the summary's `outcomes` and among the single hits. */
                outcome?: components["parameters"]["filter_outcome"];
                /** @description Which rule decided the traffic class. */
                reason?: components["parameters"]["filter_reason"];
                /** @description Kind of a paid click id. */
                ad_click?: components["parameters"]["filter_ad_click"];
                /** @description true: unique clicks only. */
                first?: components["parameters"]["filter_first"];
                /** @description true or false. */
                imported?: components["parameters"]["filter_imported"];
                /** @description Rows on a page. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClickList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "counting": false
                     *     }
                     */
                    "application/json": components["schemas"]["ImportState"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    importClicks: {
        parameters: {
            query?: {
                /** @description 1: only say whether it could be stored. */
                check?: "0" | "1";
                /** @description 1: another piece of the file follows, so do not wait for first clicks to be worked out. */
                more?: "0" | "1";
                /** @description The line of the first click in the file that the body is a piece of; 2 by default for CSV, else 1. */
                line?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 32 MiB and 100,000 clicks (`too_many`). */
        requestBody: {
            content: {
                "application/x-ndjson": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description Stored, or fit to be. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "clicks": 1000,
                     *       "added": 800,
                     *       "known": 200,
                     *       "counting": false
                     *     }
                     */
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    listConversions: {
        parameters: {
            query?: {
                /** @description Of clicks of this link; joined ones. */
                link?: string;
                /** @description Only these. */
                status?: components["schemas"]["ConversionStatus"];
                /** @description Happened at this time or later. ISO 8601; without offset in UTC. */
                from?: string;
                /** @description Happened before this time. */
                to?: string;
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createConversion: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters. A repetition, at any time, gets the same conversion instead of a second one; the field `id` does the same. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "click_id": "3M7K2B9QZ4XW8R5T1C6D0HJNPV",
                 *       "event": "sale",
                 *       "value": 19.99,
                 *       "currency": "EUR",
                 *       "id": "order-1042"
                 *     }
                 */
                "application/json": components["schemas"]["ConversionCreate"];
            };
        };
        responses: {
            /** @description Told of before, in the same words. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Path of the conversion in this API. */
                    Location?: string;
                    /** @description `true`. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversion"];
                };
            };
            /** @description Taken. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Path of the conversion in this API. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "cnv_4611686018427387905",
                     *       "click_id": "3M7K2B9QZ4XW8R5T1C6D0HJNPV",
                     *       "event": "sale",
                     *       "value": 19.99,
                     *       "currency": "EUR",
                     *       "time": "2027-06-01T09:30:00.000Z",
                     *       "received_at": "2027-06-01T09:30:01.250Z",
                     *       "status": "pending",
                     *       "link_id": null
                     *     }
                     */
                    "application/json": components["schemas"]["Conversion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    getConversion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["conversion_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversion. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "cnv_4611686018427387905",
                     *       "click_id": "3M7K2B9QZ4XW8R5T1C6D0HJNPV",
                     *       "event": "sale",
                     *       "value": 19.99,
                     *       "currency": "EUR",
                     *       "time": "2027-06-01T09:30:00.000Z",
                     *       "received_at": "2027-06-01T09:30:01.250Z",
                     *       "status": "pending",
                     *       "link_id": null
                     *     }
                     */
                    "application/json": components["schemas"]["Conversion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    listErases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": []
                     *     }
                     */
                    "application/json": components["schemas"]["EraseList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createErase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visitor": {
                 *         "click_id": "3M7KZ0Q8V5X2N4R6T9W1Y3B5D7"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EraseCreate"];
            };
        };
        responses: {
            /** @description Begun. Ask for it by its id. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ers_3",
                     *       "state": "waiting",
                     *       "of": "link",
                     *       "link": "lnk_42",
                     *       "range": {
                     *         "from": "1970-01-01T00:00:00.000Z",
                     *         "to": "2027-06-08T09:30:00.000Z"
                     *       },
                     *       "created_at": "2027-06-08T09:30:00.000Z",
                     *       "finished_at": null,
                     *       "resumed": false,
                     *       "clicks": 0,
                     *       "landing_views": 0,
                     *       "conversions": 0,
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["Erase"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    getErase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ers_3",
                     *       "state": "done",
                     *       "of": "link",
                     *       "link": "lnk_42",
                     *       "range": {
                     *         "from": "1970-01-01T00:00:00.000Z",
                     *         "to": "2027-06-08T09:30:00.000Z"
                     *       },
                     *       "created_at": "2027-06-08T09:30:00.000Z",
                     *       "finished_at": "2027-06-08T09:30:20.000Z",
                     *       "resumed": false,
                     *       "clicks": 5120,
                     *       "landing_views": 0,
                     *       "conversions": 51,
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["Erase"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    listExperiments: {
        parameters: {
            query?: {
                /** @description Id of a link. */
                link?: components["parameters"]["figure_link"];
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of experiments. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "exp_1",
                     *           "name": "Button or banner",
                     *           "kind": "links",
                     *           "state": "running",
                     *           "arms": [
                     *             {
                     *               "link_id": "lnk_7",
                     *               "variant": null,
                     *               "weight": null
                     *             },
                     *             {
                     *               "link_id": "lnk_8",
                     *               "variant": null,
                     *               "weight": null
                     *             }
                     *           ],
                     *           "sticks_for": null,
                     *           "starts_at": "2027-06-01T00:00:00.000Z",
                     *           "ends_at": null,
                     *           "least_effect": 0.1,
                     *           "created_at": "2027-06-01T09:30:00.000Z",
                     *           "updated_at": "2027-06-01T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ExperimentList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Button or banner",
                 *       "link_ids": [
                 *         "lnk_7",
                 *         "lnk_8"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ExperimentCreate"];
            };
        };
        responses: {
            /** @description The experiment. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exp_1",
                     *       "name": "Button or banner",
                     *       "kind": "links",
                     *       "state": "running",
                     *       "arms": [
                     *         {
                     *           "link_id": "lnk_7",
                     *           "variant": null,
                     *           "weight": null
                     *         },
                     *         {
                     *           "link_id": "lnk_8",
                     *           "variant": null,
                     *           "weight": null
                     *         }
                     *       ],
                     *       "sticks_for": null,
                     *       "starts_at": "2027-06-01T00:00:00.000Z",
                     *       "ends_at": null,
                     *       "least_effect": 0.1,
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    planExperiment: {
        parameters: {
            query: {
                /** @description The control's rate, as a share. */
                base: components["parameters"]["plan_base"];
                /** @description Smallest change worth finding, relative to `base`; negative for a loss. */
                lift?: components["parameters"]["plan_lift"];
                /** @description Two-sided; divided by the number of variants (Bonferroni). */
                alpha?: components["parameters"]["plan_alpha"];
                /** @description Chance to find the change when it is there. */
                power?: components["parameters"]["plan_power"];
                /** @description How visitors are divided, 2 to 20 numbers, the control's first. */
                weights?: components["parameters"]["plan_weights"];
                /** @description Visitors of all arms a day; without it `days` is null. */
                per_day?: components["parameters"]["plan_per_day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base": 0.1,
                     *       "lift": 0.2,
                     *       "target": 0.12,
                     *       "alpha": 0.05,
                     *       "power": 0.9,
                     *       "fixed": {
                     *         "arms": [
                     *           5142,
                     *           5142
                     *         ],
                     *         "total": 10284,
                     *         "days": 103
                     *       },
                     *       "always_valid": {
                     *         "arms": [
                     *           9225,
                     *           9225
                     *         ],
                     *         "total": 18450,
                     *         "days": 185
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ExperimentPlan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    getExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["experiment_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The experiment with its result. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exp_1",
                     *       "name": "Button or banner",
                     *       "kind": "links",
                     *       "state": "running",
                     *       "arms": [
                     *         {
                     *           "link_id": "lnk_7",
                     *           "variant": null,
                     *           "weight": null
                     *         },
                     *         {
                     *           "link_id": "lnk_8",
                     *           "variant": null,
                     *           "weight": null
                     *         }
                     *       ],
                     *       "sticks_for": null,
                     *       "starts_at": "2027-06-01T00:00:00.000Z",
                     *       "ends_at": null,
                     *       "least_effect": 0.1,
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z",
                     *       "result": {
                     *         "from": "2027-06-01T00:00:00.000Z",
                     *         "to": "2027-06-04T10:00:00.000Z",
                     *         "looks": 4,
                     *         "alpha": 0.05,
                     *         "least_trials": 100,
                     *         "verdict": "no_difference_yet",
                     *         "winner": null,
                     *         "arms": [
                     *           {
                     *             "trials": 8000,
                     *             "successes": 520,
                     *             "rate": 0.065,
                     *             "rate_interval": {
                     *               "low": 0.0598,
                     *               "high": 0.0706
                     *             }
                     *           },
                     *           {
                     *             "trials": 8000,
                     *             "successes": 612,
                     *             "rate": 0.0765,
                     *             "rate_interval": {
                     *               "low": 0.0709,
                     *               "high": 0.0825
                     *             }
                     *           }
                     *         ],
                     *         "variants": [
                     *           {
                     *             "arm": 1,
                     *             "enough_data": true,
                     *             "always_valid_p": 0.0839,
                     *             "sequence": {
                     *               "low": -0.0242,
                     *               "high": 0.0012
                     *             },
                     *             "better": false,
                     *             "worse": false,
                     *             "description": {
                     *               "difference": -0.0115,
                     *               "difference_interval": {
                     *                 "low": -0.0194,
                     *                 "high": -0.0036
                     *               },
                     *               "z": -2.8366,
                     *               "p": 0.00456,
                     *               "chance_to_beat": 0.9977
                     *             }
                     *           }
                     *         ],
                     *         "sample_ratio": {
                     *           "p": null,
                     *           "alarm": false
                     *         },
                     *         "needs": {
                     *           "target_rate": 0.0715,
                     *           "trials": 68312,
                     *           "trials_left": 52312,
                     *           "days_left": 12
                     *         },
                     *         "setup_changed": false
                     *       },
                     *       "as_of": "2027-06-04T10:00:00.000Z",
                     *       "incomplete": false
                     *     }
                     */
                    "application/json": components["schemas"]["ExperimentReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    deleteExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["experiment_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    updateExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["experiment_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "state": "ended"
                 *     }
                 */
                "application/json": components["schemas"]["ExperimentPatch"];
                /**
                 * @example {
                 *       "state": "ended"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ExperimentPatch"];
            };
        };
        responses: {
            /** @description The experiment as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exp_1",
                     *       "name": "Button or banner",
                     *       "kind": "links",
                     *       "state": "running",
                     *       "arms": [
                     *         {
                     *           "link_id": "lnk_7",
                     *           "variant": null,
                     *           "weight": null
                     *         },
                     *         {
                     *           "link_id": "lnk_8",
                     *           "variant": null,
                     *           "weight": null
                     *         }
                     *       ],
                     *       "sticks_for": null,
                     *       "starts_at": "2027-06-01T00:00:00.000Z",
                     *       "ends_at": null,
                     *       "least_effect": 0.1,
                     *       "created_at": "2027-06-01T09:30:00.000Z",
                     *       "updated_at": "2027-06-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Experiment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    listExports: {
        parameters: {
            query?: {
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of exports. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "exp_1",
                     *           "name": "Clicks for the warehouse",
                     *           "format": "csv",
                     *           "period": "daily",
                     *           "by": null,
                     *           "interval": null,
                     *           "traffic": "human",
                     *           "filters": {
                     *             "country": "DE,AT"
                     *           },
                     *           "raw": false,
                     *           "keep": 30,
                     *           "enabled": true,
                     *           "from": "2027-05-01T00:00:00.000Z",
                     *           "files": 30,
                     *           "waiting": 0,
                     *           "passed_by": 0,
                     *           "error": null,
                     *           "bucket": null,
                     *           "created_at": "2027-05-02T09:30:00.000Z",
                     *           "updated_at": "2027-05-02T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ExportList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Clicks for the warehouse",
                 *       "period": "daily",
                 *       "filters": {
                 *         "country": "DE,AT"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ExportCreate"];
            };
        };
        responses: {
            /** @description The export. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exp_1",
                     *       "name": "Clicks for the warehouse",
                     *       "format": "csv",
                     *       "period": "daily",
                     *       "by": null,
                     *       "interval": null,
                     *       "traffic": "human",
                     *       "filters": {
                     *         "country": "DE,AT"
                     *       },
                     *       "raw": false,
                     *       "keep": 30,
                     *       "enabled": true,
                     *       "from": "2027-05-01T00:00:00.000Z",
                     *       "files": 30,
                     *       "waiting": 0,
                     *       "passed_by": 0,
                     *       "error": null,
                     *       "bucket": null,
                     *       "created_at": "2027-05-02T09:30:00.000Z",
                     *       "updated_at": "2027-05-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Export"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exp_1",
                     *       "name": "Clicks for the warehouse",
                     *       "format": "csv",
                     *       "period": "daily",
                     *       "by": null,
                     *       "interval": null,
                     *       "traffic": "human",
                     *       "filters": {
                     *         "country": "DE,AT"
                     *       },
                     *       "raw": false,
                     *       "keep": 30,
                     *       "enabled": true,
                     *       "from": "2027-05-01T00:00:00.000Z",
                     *       "files": 30,
                     *       "waiting": 0,
                     *       "passed_by": 0,
                     *       "error": null,
                     *       "bucket": null,
                     *       "created_at": "2027-05-02T09:30:00.000Z",
                     *       "updated_at": "2027-05-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Export"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    deleteExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    updateExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ExportPatch"];
                /**
                 * @example {
                 *       "keep": 90
                 *     }
                 */
                "application/json": components["schemas"]["ExportPatch"];
            };
        };
        responses: {
            /** @description The export as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exp_1",
                     *       "name": "Clicks for the warehouse",
                     *       "format": "csv",
                     *       "period": "daily",
                     *       "by": null,
                     *       "interval": null,
                     *       "traffic": "human",
                     *       "filters": {
                     *         "country": "DE,AT"
                     *       },
                     *       "raw": false,
                     *       "keep": 30,
                     *       "enabled": true,
                     *       "from": "2027-05-01T00:00:00.000Z",
                     *       "files": 30,
                     *       "waiting": 0,
                     *       "passed_by": 0,
                     *       "error": null,
                     *       "bucket": null,
                     *       "created_at": "2027-05-02T09:30:00.000Z",
                     *       "updated_at": "2027-05-02T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Export"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    testExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the bucket answered. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "result": "failed",
                     *       "key": "clicks/_tallymark-test-4f0c9a71k2mx",
                     *       "put": {
                     *         "status": 403,
                     *         "error": "403 SignatureDoesNotMatch: The signature does not match",
                     *         "took_ms": 41
                     *       },
                     *       "delete": null
                     *     }
                     */
                    "application/json": components["schemas"]["ExportTest"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Other"];
        };
    };
    listExportRuns: {
        parameters: {
            query?: {
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "exr_31",
                     *           "of": "2027-05-31",
                     *           "from": "2027-05-31T00:00:00.000Z",
                     *           "to": "2027-06-01T00:00:00.000Z",
                     *           "state": "ready",
                     *           "reason": null,
                     *           "anew": false,
                     *           "failures": 0,
                     *           "error": null,
                     *           "next_try_at": null,
                     *           "started_at": "2027-06-01T00:00:03.000Z",
                     *           "finished_at": "2027-06-01T00:00:03.412Z",
                     *           "took_ms": 412,
                     *           "file": "2027-05-31.csv",
                     *           "bytes": 48113,
                     *           "rows": 312,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "incomplete": false,
                     *           "upload": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ExportRunList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    getExportRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
                /** @description The period: a day, an ISO week or a month. */
                of: components["parameters"]["export_of"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exr_31",
                     *       "of": "2027-05-31",
                     *       "from": "2027-05-31T00:00:00.000Z",
                     *       "to": "2027-06-01T00:00:00.000Z",
                     *       "state": "ready",
                     *       "reason": null,
                     *       "anew": false,
                     *       "failures": 0,
                     *       "error": null,
                     *       "next_try_at": null,
                     *       "started_at": "2027-06-01T00:00:03.000Z",
                     *       "finished_at": "2027-06-01T00:00:03.412Z",
                     *       "took_ms": 412,
                     *       "file": "2027-05-31.csv",
                     *       "bytes": 48113,
                     *       "rows": 312,
                     *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "incomplete": false,
                     *       "upload": null
                     *     }
                     */
                    "application/json": components["schemas"]["ExportRun"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    getExportFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["export_id"];
                /** @description The period: a day, an ISO week or a month. */
                of: components["parameters"]["export_of"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    /** @description Whether clicks in the period went unrecorded. */
                    "X-Tallymark-Incomplete"?: boolean;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Other"];
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of alerts. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "alt_1",
                     *           "name": "Sale goes viral",
                     *           "what": "spike",
                     *           "interval": "hour",
                     *           "platform": null,
                     *           "measure": null,
                     *           "bound": null,
                     *           "value": null,
                     *           "hours": null,
                     *           "filters": {
                     *             "link": "lnk_7"
                     *           },
                     *           "recipients": [
                     *             "ada@example.com"
                     *           ],
                     *           "quiet_minutes": 60,
                     *           "enabled": true,
                     *           "state": "firing",
                     *           "since": "2027-06-01T10:00:01.000Z",
                     *           "evaluated_at": "2027-06-01T10:00:01.000Z",
                     *           "evidence": {
                     *             "from": "2027-06-01T09:00:00.000Z",
                     *             "to": "2027-06-01T10:00:00.000Z",
                     *             "count": 400,
                     *             "expected": 31.5,
                     *             "p": 1.5e-9,
                     *             "share": null,
                     *             "platform": null,
                     *             "doubt": null
                     *           },
                     *           "created_at": "2027-05-01T09:30:00.000Z",
                     *           "updated_at": "2027-05-01T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AlertList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createAlert: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Sale goes viral",
                 *       "what": "spike",
                 *       "filters": {
                 *         "link": "lnk_7"
                 *       },
                 *       "recipients": [
                 *         "ada@example.com"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AlertCreate"];
            };
        };
        responses: {
            /** @description The alert. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "alt_1",
                     *       "name": "Sale goes viral",
                     *       "what": "spike",
                     *       "interval": "hour",
                     *       "platform": null,
                     *       "measure": null,
                     *       "bound": null,
                     *       "value": null,
                     *       "hours": null,
                     *       "filters": {
                     *         "link": "lnk_7"
                     *       },
                     *       "recipients": [
                     *         "ada@example.com"
                     *       ],
                     *       "quiet_minutes": 60,
                     *       "enabled": true,
                     *       "state": "firing",
                     *       "since": "2027-06-01T10:00:01.000Z",
                     *       "evaluated_at": "2027-06-01T10:00:01.000Z",
                     *       "evidence": {
                     *         "from": "2027-06-01T09:00:00.000Z",
                     *         "to": "2027-06-01T10:00:00.000Z",
                     *         "count": 400,
                     *         "expected": 31.5,
                     *         "p": 1.5e-9,
                     *         "share": null,
                     *         "platform": null,
                     *         "doubt": null
                     *       },
                     *       "created_at": "2027-05-01T09:30:00.000Z",
                     *       "updated_at": "2027-05-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Alert"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    getAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["alert_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The alert. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "alt_1",
                     *       "name": "Sale goes viral",
                     *       "what": "spike",
                     *       "interval": "hour",
                     *       "platform": null,
                     *       "measure": null,
                     *       "bound": null,
                     *       "value": null,
                     *       "hours": null,
                     *       "filters": {
                     *         "link": "lnk_7"
                     *       },
                     *       "recipients": [
                     *         "ada@example.com"
                     *       ],
                     *       "quiet_minutes": 60,
                     *       "enabled": true,
                     *       "state": "firing",
                     *       "since": "2027-06-01T10:00:01.000Z",
                     *       "evaluated_at": "2027-06-01T10:00:01.000Z",
                     *       "evidence": {
                     *         "from": "2027-06-01T09:00:00.000Z",
                     *         "to": "2027-06-01T10:00:00.000Z",
                     *         "count": 400,
                     *         "expected": 31.5,
                     *         "p": 1.5e-9,
                     *         "share": null,
                     *         "platform": null,
                     *         "doubt": null
                     *       },
                     *       "created_at": "2027-05-01T09:30:00.000Z",
                     *       "updated_at": "2027-05-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Alert"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    deleteAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["alert_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    updateAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["alert_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quiet_minutes": 240
                 *     }
                 */
                "application/json": components["schemas"]["AlertPatch"];
                /**
                 * @example {
                 *       "quiet_minutes": 240
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AlertPatch"];
            };
        };
        responses: {
            /** @description The alert as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "alt_1",
                     *       "name": "Sale goes viral",
                     *       "what": "spike",
                     *       "interval": "hour",
                     *       "platform": null,
                     *       "measure": null,
                     *       "bound": null,
                     *       "value": null,
                     *       "hours": null,
                     *       "filters": {
                     *         "link": "lnk_7"
                     *       },
                     *       "recipients": [
                     *         "ada@example.com"
                     *       ],
                     *       "quiet_minutes": 60,
                     *       "enabled": true,
                     *       "state": "firing",
                     *       "since": "2027-06-01T10:00:01.000Z",
                     *       "evaluated_at": "2027-06-01T10:00:01.000Z",
                     *       "evidence": {
                     *         "from": "2027-06-01T09:00:00.000Z",
                     *         "to": "2027-06-01T10:00:00.000Z",
                     *         "count": 400,
                     *         "expected": 31.5,
                     *         "p": 1.5e-9,
                     *         "share": null,
                     *         "platform": null,
                     *         "doubt": null
                     *       },
                     *       "created_at": "2027-05-01T09:30:00.000Z",
                     *       "updated_at": "2027-05-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Alert"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    listAlertHistory: {
        parameters: {
            query?: {
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                id: components["parameters"]["alert_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "ach_9",
                     *           "time": "2027-06-01T10:00:01.000Z",
                     *           "state": "firing",
                     *           "told": true,
                     *           "evidence": {
                     *             "from": "2027-06-01T09:00:00.000Z",
                     *             "to": "2027-06-01T10:00:00.000Z",
                     *             "count": 400,
                     *             "expected": 31.5,
                     *             "p": 1.5e-9,
                     *             "share": null,
                     *             "platform": null,
                     *             "doubt": null
                     *           }
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AlertHistory"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    testAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["alert_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the server said. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "answers": [
                     *         {
                     *           "to": "ada@example.com",
                     *           "accepted": true,
                     *           "code": 250,
                     *           "answer": "2.0.0 Ok: queued"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AlertTest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Other"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of webhooks. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "whk_1",
                     *           "name": "Sales",
                     *           "url": "https://hooks.example/in",
                     *           "events": [
                     *             "link.clicked",
                     *             "conversion.created"
                     *           ],
                     *           "filter": {
                     *             "links": [
                     *               "lnk_7"
                     *             ],
                     *             "campaigns": [],
                     *             "traffic": "human"
                     *           },
                     *           "format": "standard",
                     *           "mode": "single",
                     *           "signature": "hmac",
                     *           "public_key": null,
                     *           "ip": "none",
                     *           "enabled": true,
                     *           "off_reason": null,
                     *           "state": "ok",
                     *           "failures_in_row": 0,
                     *           "failing_since": null,
                     *           "next_probe_at": null,
                     *           "last_success_at": "2027-06-01T10:00:00.200Z",
                     *           "last_error": null,
                     *           "waiting": 0,
                     *           "dead": 0,
                     *           "previous_secret_until": null,
                     *           "created_at": "2027-05-01T09:30:00.000Z",
                     *           "updated_at": "2027-05-01T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Sales",
                 *       "url": "https://hooks.example/in",
                 *       "events": [
                 *         "link.clicked",
                 *         "conversion.created"
                 *       ],
                 *       "filter": {
                 *         "links": [
                 *           "lnk_7"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["WebhookCreate"];
            };
        };
        responses: {
            /** @description The webhook, with its secret. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_1",
                     *       "name": "Sales",
                     *       "url": "https://hooks.example/in",
                     *       "events": [
                     *         "link.clicked",
                     *         "conversion.created"
                     *       ],
                     *       "filter": {
                     *         "links": [
                     *           "lnk_7"
                     *         ],
                     *         "campaigns": [],
                     *         "traffic": "human"
                     *       },
                     *       "format": "standard",
                     *       "mode": "single",
                     *       "signature": "hmac",
                     *       "public_key": null,
                     *       "ip": "none",
                     *       "enabled": true,
                     *       "off_reason": null,
                     *       "state": "ok",
                     *       "failures_in_row": 0,
                     *       "failing_since": null,
                     *       "next_probe_at": null,
                     *       "last_success_at": null,
                     *       "last_error": null,
                     *       "waiting": 0,
                     *       "dead": 0,
                     *       "previous_secret_until": null,
                     *       "created_at": "2027-05-01T09:30:00.000Z",
                     *       "updated_at": "2027-05-01T09:30:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_1",
                     *       "name": "Sales",
                     *       "url": "https://hooks.example/in",
                     *       "events": [
                     *         "link.clicked",
                     *         "conversion.created"
                     *       ],
                     *       "filter": {
                     *         "links": [
                     *           "lnk_7"
                     *         ],
                     *         "campaigns": [],
                     *         "traffic": "human"
                     *       },
                     *       "format": "standard",
                     *       "mode": "single",
                     *       "signature": "hmac",
                     *       "public_key": null,
                     *       "ip": "none",
                     *       "enabled": true,
                     *       "off_reason": null,
                     *       "state": "ok",
                     *       "failures_in_row": 0,
                     *       "failing_since": null,
                     *       "next_probe_at": null,
                     *       "last_success_at": "2027-06-01T10:00:00.200Z",
                     *       "last_error": null,
                     *       "waiting": 0,
                     *       "dead": 0,
                     *       "previous_secret_until": null,
                     *       "created_at": "2027-05-01T09:30:00.000Z",
                     *       "updated_at": "2027-05-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["WebhookPatch"];
                /**
                 * @example {
                 *       "enabled": true
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description The webhook as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_1",
                     *       "name": "Sales",
                     *       "url": "https://hooks.example/in",
                     *       "events": [
                     *         "link.clicked",
                     *         "conversion.created"
                     *       ],
                     *       "filter": {
                     *         "links": [
                     *           "lnk_7"
                     *         ],
                     *         "campaigns": [],
                     *         "traffic": "human"
                     *       },
                     *       "format": "standard",
                     *       "mode": "single",
                     *       "signature": "hmac",
                     *       "public_key": null,
                     *       "ip": "none",
                     *       "enabled": true,
                     *       "off_reason": null,
                     *       "state": "ok",
                     *       "failures_in_row": 0,
                     *       "failing_since": null,
                     *       "next_probe_at": null,
                     *       "last_success_at": "2027-06-01T10:00:00.200Z",
                     *       "last_error": null,
                     *       "waiting": 0,
                     *       "dead": 0,
                     *       "previous_secret_until": null,
                     *       "created_at": "2027-05-01T09:30:00.000Z",
                     *       "updated_at": "2027-05-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    rotateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlap_hours": 24
                 *     }
                 */
                "application/json": components["schemas"]["WebhookRotate"];
            };
        };
        responses: {
            /** @description The webhook, with its new secret. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whk_1",
                     *       "name": "Sales",
                     *       "url": "https://hooks.example/in",
                     *       "events": [
                     *         "link.clicked",
                     *         "conversion.created"
                     *       ],
                     *       "filter": {
                     *         "links": [
                     *           "lnk_7"
                     *         ],
                     *         "campaigns": [],
                     *         "traffic": "human"
                     *       },
                     *       "format": "standard",
                     *       "mode": "single",
                     *       "signature": "hmac",
                     *       "public_key": null,
                     *       "ip": "none",
                     *       "enabled": true,
                     *       "off_reason": null,
                     *       "state": "ok",
                     *       "failures_in_row": 0,
                     *       "failing_since": null,
                     *       "next_probe_at": null,
                     *       "last_success_at": null,
                     *       "last_error": null,
                     *       "waiting": 0,
                     *       "dead": 0,
                     *       "previous_secret_until": "2027-06-02T10:00:00.000Z",
                     *       "created_at": "2027-05-01T09:30:00.000Z",
                     *       "updated_at": "2027-05-01T09:30:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the receiver answered. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "result": "ok",
                     *       "status": 200,
                     *       "took_ms": 84,
                     *       "error": null,
                     *       "request": "{\"id\":\"msg_3M7KQ2\",\"event\":\"link.clicked\"",
                     *       "response": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Other"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                /** @description Those that were taken, or those that were not. */
                result?: "ok" | "failed";
            };
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "whd_9",
                     *           "event_id": "msg_3M7KQ2",
                     *           "event": "link.clicked",
                     *           "events": 1,
                     *           "attempt": 1,
                     *           "time": "2027-06-01T10:00:00.100Z",
                     *           "result": "failed",
                     *           "status": 503,
                     *           "took_ms": 84,
                     *           "error": "the receiver answered 503",
                     *           "request": "{\"id\":\"msg_3M7KQ2\",\"event\":\"link.clicked\"",
                     *           "response": "busy"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description Rows on a page. */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "event_id": "msg_3M7KQ2",
                     *           "event": "link.clicked",
                     *           "time": "2027-06-01T10:00:00.000Z",
                     *           "attempts": 10,
                     *           "status": 503,
                     *           "error": "the receiver answered 503",
                     *           "body": "{\"id\":\"msg_3M7KQ2\",\"event\":\"link.clicked\",\"timestamp\":\"2027-06-01T10:00:00.000Z\",\"data\":{}}"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DeadLetterList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2027-06-01T00:00:00Z",
                 *       "to": "2027-06-02T00:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["WebhookReplay"];
            };
        };
        responses: {
            /** @description They are sent soon, or once the webhook is switched on. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "replayed": 12
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookReplayed"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    createReclassification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2027-06-01T00:00:00Z",
                 *       "to": "2027-06-08T00:00:00Z",
                 *       "dry_run": false
                 *     }
                 */
                "application/json": components["schemas"]["ReclassificationCreate"];
            };
        };
        responses: {
            /** @description Begun. Ask for it by its id. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rcl_3",
                     *       "state": "waiting",
                     *       "range": {
                     *         "from": "2027-06-01T00:00:00.000Z",
                     *         "to": "2027-06-08T00:00:00.000Z"
                     *       },
                     *       "link": null,
                     *       "dry_run": false,
                     *       "suspects": "keep",
                     *       "created_at": "2027-06-08T09:30:00.000Z",
                     *       "finished_at": null,
                     *       "resumed": false,
                     *       "total": 0,
                     *       "examined": 0,
                     *       "changed": 0,
                     *       "by": [],
                     *       "error": null,
                     *       "as_of": "2027-06-08T09:30:01.500Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reclassification"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidField"];
            default: components["responses"]["Other"];
        };
    };
    getReclassification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rcl_3",
                     *       "state": "done",
                     *       "range": {
                     *         "from": "2027-06-01T00:00:00.000Z",
                     *         "to": "2027-06-08T00:00:00.000Z"
                     *       },
                     *       "link": null,
                     *       "dry_run": false,
                     *       "suspects": "keep",
                     *       "created_at": "2027-06-08T09:30:00.000Z",
                     *       "finished_at": "2027-06-08T09:30:02.000Z",
                     *       "resumed": false,
                     *       "total": 51200,
                     *       "examined": 51200,
                     *       "changed": 340,
                     *       "by": [
                     *         {
                     *           "from": {
                     *             "traffic": "human",
                     *             "reason": "browser"
                     *           },
                     *           "to": {
                     *             "traffic": "monitor",
                     *             "reason": "our_probe"
                     *           },
                     *           "count": 340
                     *         }
                     *       ],
                     *       "error": null,
                     *       "as_of": "2027-06-08T09:30:01.500Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reclassification"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Other"];
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Other"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Other"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links work; some part may be degraded. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "degraded",
                     *       "parts": [
                     *         {
                     *           "name": "geo",
                     *           "state": "degraded",
                     *           "detail": "no database: geography is Unknown"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description A part is down. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "down",
                     *       "parts": [
                     *         {
                     *           "name": "clicks",
                     *           "state": "down",
                     *           "detail": "engine is restarting"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            default: components["responses"]["Other"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text format 0.0.4. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Other"];
        };
    };
}
