# SPDX-License-Identifier: Apache-2.0
# libcurl: everything that goes out.
tally_dependency(NAME curl HEADER curl/curl.h LIBRARIES curl PACKAGE libcurl4-openssl-dev)
