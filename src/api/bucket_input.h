// SPDX-License-Identifier: Apache-2.0
//
// The bucket of a schedule as JSON comes in. Pure; openapi.json says what each field means.
#pragma once

#include <optional>

#include "api/json.h"
#include "model/export_bucket.h"

namespace tally {

// `bucket`: an object, of which a change names what is to change; null takes it away.
void read_bucket(JsonFields& fields, std::optional<ExportBucket>& out);

// Refuses what cannot be a place in a bucket, by field, and brings the endpoint into the one form
// that it has in requests and their signatures.
Result<void> check_bucket(ExportBucket& bucket);

}  // namespace tally
