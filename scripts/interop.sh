#!/usr/bin/env bash
# Our cluster converses with a Synapse, which pip installs into integration-tests/target/synapse. Prints
# "interop: N passed, N failed" or "interop: NOT RUN (reason)" last. Ends non-zero if a test failed, or if the reason is
# that Gatehouse does not build; a machine that cannot install Synapse is no failure.
# SYNAPSE_PYTHON names the Python of an environment that has Synapse already.
set -euo pipefail

synapse_version=1.163.2

cd "$(dirname "${BASH_SOURCE[0]}")/.."
modules=integration-tests
for pom in *-service/pom.xml media-relay/pom.xml; do modules+=",$(dirname "$pom")"; done
environment=integration-tests/target/synapse
reports=integration-tests/target/surefire-reports

# On a line of its own: Maven ends with escape codes and no line feed.
verdict() {
  printf '\ninterop: %s\n' "$*"
}

not_run() {
  verdict "NOT RUN ($*)"
  exit 0
}

broken() {
  verdict "NOT RUN ($*)"
  exit 1
}

install_synapse() {
  command -v python3 >/dev/null || not_run "there is no python3"
  local python=$PWD/$environment/bin/python
  if [[ "$("$python" -c 'import synapse; print(synapse.__version__)' 2>/dev/null)" != "$synapse_version" ]]; then
    echo "Installing Synapse $synapse_version into $environment ..."
    mkdir -p "$(dirname "$environment")"
    python3 -m venv --clear "$environment" || not_run "python3 cannot make a virtual environment"
    "$python" -m pip install --quiet --disable-pip-version-check "matrix-synapse==$synapse_version" ||
      not_run "pip cannot install matrix-synapse $synapse_version"
  fi
  SYNAPSE_PYTHON=$python
}

# Whether every service was packaged since its sources, the libraries and the launcher were changed.
is_built() {
  local jar
  for jar in */src/main/resources/application.properties; do
    jar=${jar%%/*}/target/quarkus-app/quarkus-run.jar
    [[ -f "$jar" ]] || return 1
    [[ -z "$(find pom.xml versions lib "${jar%%/*}" \( -name target -o -path '*/src/test' \) -prune -o \
      -type f -newer "$jar" -print -quit)" ]] || return 1
  done
  [[ -d local-cluster/kafka-server/target/lib && -d local-cluster/cassandra-server/target/lib ]]
}

# Adds up one attribute of the suites that ran.
count() {
  find "$reports" -name 'TEST-*.interop.*.xml' -exec sed -n '/<testsuite /{s/.* '"$1"'="\([0-9]*\)".*/\1/p;q}' {} \; \
    2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }'
}

[[ -n "${SYNAPSE_PYTHON:-}" ]] || install_synapse
if ! is_built; then
  echo "Building Gatehouse ..."
  mvn -B -ntp -q -Dquick -DskipTests -pl "$modules" -am package || broken "the build failed"
fi

rm -rf integration-tests/target/interop-*
find "$reports" -name 'TEST-*.interop.*.xml' -delete 2>/dev/null || true
status=0
# The profile skips the tests of the modules that integration-tests needs.
mvn -B -ntp -Dquick -Pinterop -pl integration-tests -am -Dsynapse.python="$SYNAPSE_PYTHON" test || status=$?

all=$(count tests)
failed=$(($(count failures) + $(count errors)))
passed=$((all - failed - $(count skipped)))
((all > 0)) || broken "Maven ended with status $status before any test"
verdict "$passed passed, $failed failed"
((failed == 0 && status == 0))
