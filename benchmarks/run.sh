#!/usr/bin/env bash
# Runs the benchmarks of the rules: benchmarks/run.sh [PATTERN] [JMH's options], or benchmarks/run.sh --cpu for CPU times
# on a machine that does other work as well. See docs/performance.md.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
(cd "$home" && mvn -B -ntp -q -Dquick -DskipTests -pl benchmarks -am package)
classes="$home/benchmarks/target/classes:$home/benchmarks/target/lib/*"
if [[ "${1:-}" == --cpu ]]; then
  exec "$java" -Xmx3g -XX:+UseSerialGC -cp "$classes" org.gatehouse.benchmarks.CpuTimes
fi
exec "$java" -cp "$classes" org.openjdk.jmh.Main "$@"
