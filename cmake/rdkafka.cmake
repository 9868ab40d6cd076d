# SPDX-License-Identifier: Apache-2.0
# librdkafka: clicks to Kafka. Its broker for tests is in it too.
tally_dependency(NAME rdkafka HEADER librdkafka/rdkafka.h LIBRARIES rdkafka PACKAGE librdkafka-dev)
