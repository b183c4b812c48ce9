#!/usr/bin/env bash
# Measures on a cluster of its own. See README.md beside this file.
#   measure.sh            the baseline: PDUs a second through the whole road
#   measure.sh ingress    the gate in alone: verify, publish, acknowledge
# Further arguments go to the JVM, such as -Dgatehouse.load.rounds=5.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

program=Measure
if [[ "${1:-}" == ingress ]]; then
  program=IngressAlone
  shift
fi

# GATEHOUSE_BUILD=never takes the jars as they are, for callers who have just built them.
if [[ "${GATEHOUSE_BUILD:-}" != never ]]; then
  (cd "$home" && mvn -B -ntp -q -Dquick -DskipTests package)
fi
# The launcher's default stops at the first JIT compiler, for a quick start; a server under load has both.
export GATEHOUSE_SERVICE_JVM_OPTS="${GATEHOUSE_SERVICE_JVM_OPTS:--Xms64m -Xmx256m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError}"
echo "services run with: $GATEHOUSE_SERVICE_JVM_OPTS"
exec "$java" -Xmx1g -XX:+UseSerialGC -Dgatehouse.home="$home" "$@" \
  -cp "$home/load-tests/target/classes:$home/load-tests/target/lib/*" "org.gatehouse.loadtests.$program"
