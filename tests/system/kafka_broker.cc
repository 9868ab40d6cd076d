// SPDX-License-Identifier: Apache-2.0
//
// kafka_broker TOPIC: a broker as a process of its own, for tests. It says "brokers=HOST:PORT",
// does what lines of its standard input say (down, up, delay MILLISECONDS), and ends with them.
#include "sinks/kafka_broker_fake.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  tally::KafkaBrokerFake broker(argv[1]);
  std::printf("brokers=%s\n", broker.brokers().c_str());
  std::fflush(stdout);
  char line[64];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    if (std::strcmp(line, "down\n") == 0)
      broker.go_down();
    else if (std::strcmp(line, "up\n") == 0)
      broker.come_up();
    else if (std::strncmp(line, "delay ", 6) == 0)
      broker.delay(std::chrono::milliseconds(std::atoi(line + 6)));
    else
      return 2;
    std::puts("done");
    std::fflush(stdout);
  }
  return 0;
}
