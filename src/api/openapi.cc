// SPDX-License-Identifier: Apache-2.0
//
// openapi.json as bytes in the binary. The assembler reads the file, whose path the build passes in
// TALLYMARK_OPENAPI; a generated array of 90,000 numbers would cost the compiler seconds.
#include "api/openapi.h"

__asm__(
    ".section .rodata\n"
    ".global tallymark_openapi_begin\n"
    ".global tallymark_openapi_end\n"
    "tallymark_openapi_begin:\n"
    ".incbin \"" TALLYMARK_OPENAPI
    "\"\n"
    "tallymark_openapi_end:\n"
    ".previous\n");

extern "C" const char tallymark_openapi_begin[];
extern "C" const char tallymark_openapi_end[];

namespace tally {

std::string_view openapi_document() { return {tallymark_openapi_begin, tallymark_openapi_end}; }

}  // namespace tally
