# SPDX-License-Identifier: Apache-2.0
# libpng: QR codes as PNG, and the logos on them.
tally_dependency(NAME png HEADER png.h LIBRARIES png PACKAGE libpng-dev)
