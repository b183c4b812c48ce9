#!/usr/bin/env bash
# Runs the benchmarks of the rules: benchmarks/run.sh [PATTERN] [JMH's options]. See docs/performance.md.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
(cd "$home" && mvn -B -ntp -q -Dquick -DskipTests -pl benchmarks -am package)
exec "$java" -cp "$home/benchmarks/target/classes:$home/benchmarks/target/lib/*" org.openjdk.jmh.Main "$@"
