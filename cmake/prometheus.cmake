# SPDX-License-Identifier: Apache-2.0
# prometheus-cpp, core only: /metrics is served by our own console listener.
tally_dependency(NAME prometheus HEADER prometheus/registry.h LIBRARIES prometheus-cpp-core PACKAGE prometheus-cpp-dev)
