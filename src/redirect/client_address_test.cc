// SPDX-License-Identifier: Apache-2.0
#include "redirect/client_address.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

std::string client_of(const char* peer, const std::vector<std::string>& forwarded) {
  const TrustedProxies proxies({*Network::parse("10.0.0.0/8"), *Network::parse("2001:db8::/32"),
                                *Network::parse("127.0.0.1")});
  RequestHead head;
  for (const std::string& value : forwarded)
    head.fields[head.field_count++] = {"X-Forwarded-For", value};
  return proxies.client(*Address::parse(peer), head).text();
}

TEST(ClientAddress, RightMostUntrustedHop) {
  struct Row {
    const char* peer;
    std::vector<std::string> forwarded;
    const char* client;
  };
  const Row rows[] = {
      {"203.0.113.1", {"198.51.100.7"}, "203.0.113.1"},
      {"10.0.0.1", {}, "10.0.0.1"},
      {"10.0.0.1", {"198.51.100.7"}, "198.51.100.7"},
      {"10.0.0.1", {"1.1.1.1, 198.51.100.7"}, "198.51.100.7"},
      {"10.0.0.1", {"1.1.1.1, 198.51.100.7, 10.2.3.4"}, "198.51.100.7"},
      {"10.0.0.1", {"1.1.1.1", "198.51.100.7"}, "198.51.100.7"},
      {"10.0.0.1", {"198.51.100.7", "10.9.9.9"}, "198.51.100.7"},
      {"10.0.0.1", {"198.51.100.7:4711"}, "198.51.100.7"},
      {"10.0.0.1", {"[2001:db9::5]:4711"}, "2001:db9::5"},
      {"10.0.0.1", {"2001:db9::5"}, "2001:db9::5"},
      {"10.0.0.1", {"nonsense"}, "10.0.0.1"},
      {"10.0.0.1", {"1.1.1.1, nonsense"}, "10.0.0.1"},
      {"10.0.0.1", {"1.1.1.1,,"}, "10.0.0.1"},
      {"10.0.0.1", {"10.1.1.1, 10.2.2.2"}, "10.1.1.1"},
      {"::ffff:10.0.0.1", {"198.51.100.7"}, "198.51.100.7"},
      {"2001:db8::9", {"198.51.100.7"}, "198.51.100.7"},
      {"127.0.0.2", {"198.51.100.7"}, "127.0.0.2"},
  };
  for (const Row& row : rows) EXPECT_EQ(client_of(row.peer, row.forwarded), row.client);
}

}  // namespace
}  // namespace tally
