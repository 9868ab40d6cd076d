// SPDX-License-Identifier: Apache-2.0
#include "engine/guest_formats.h"

#include <algorithm>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::string_view kFormats[] = {"arrow",
                                         "arrowstream",
                                         "avro",
                                         "csv",
                                         "csvwithnames",
                                         "csvwithnamesandtypes",
                                         "json",
                                         "jsoncolumns",
                                         "jsoncolumnswithmetadata",
                                         "jsoncompact",
                                         "jsoncompactcolumns",
                                         "jsoncompacteachrow",
                                         "jsoncompacteachrowwithnames",
                                         "jsoncompacteachrowwithnamesandtypes",
                                         "jsoncompactstrings",
                                         "jsoncompactstringseachrow",
                                         "jsoncompactstringseachrowwithnames",
                                         "jsoncompactstringseachrowwithnamesandtypes",
                                         "jsoneachrow",
                                         "jsonlines",
                                         "jsonobjecteachrow",
                                         "jsonstrings",
                                         "jsonstringseachrow",
                                         "markdown",
                                         "msgpack",
                                         "native",
                                         "ndjson",
                                         "null",
                                         "orc",
                                         "parquet",
                                         "pretty",
                                         "prettycompact",
                                         "prettycompactmonoblock",
                                         "prettyspace",
                                         "rowbinary",
                                         "rowbinarywithnames",
                                         "rowbinarywithnamesandtypes",
                                         "tabseparated",
                                         "tabseparatedraw",
                                         "tabseparatedrawwithnames",
                                         "tabseparatedrawwithnamesandtypes",
                                         "tabseparatedwithnames",
                                         "tabseparatedwithnamesandtypes",
                                         "tsv",
                                         "tsvraw",
                                         "tsvwithnames",
                                         "tsvwithnamesandtypes",
                                         "values",
                                         "vertical",
                                         "xml"};

}  // namespace

bool is_guest_format(std::string_view format) {
  return std::ranges::find(kFormats, lower(format)) != std::end(kFormats);
}

}  // namespace tally
