# What the launchers under runners/ share; sourced, not run.
#
#   launch RUNNER LIBRARIES COMMAND [FLAG ...]
#
# builds the project if needed, then replaces the shell by the program. LIBRARIES names the folders
# under target/lib that RUNNER loads.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$home/target/beam-personas.jar
bundle=$home/target/beam-personas-bundled.jar

die() {
  echo "$*" >&2
  exit 2
}

require_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  local version
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || true
  [ -n "$version" ] || die "java: not found; JDK 17 or newer is needed"
  [ "$version" -ge 17 ] || die "java: version $version is too old; JDK 17 or newer is needed"
}

build_if_needed() {
  if [ -f "$jar" ] && [ -z "$(find "$home/pom.xml" "$home/src/main" -newer "$jar" -print -quit)" ]; then
    return
  fi
  command -v mvn > /dev/null || die "mvn: not found; Maven builds the project"
  echo "building ..." >&2
  mvn --quiet --batch-mode --file "$home/pom.xml" -DskipTests package >&2 || exit 1
  rm -f "$home"/target/*.jsa
}

# The one jar that a cluster gets.
bundle_if_needed() {
  if [ ! -f "$bundle" ] || [ "$jar" -nt "$bundle" ]; then
    echo "bundling ..." >&2
    mvn --quiet --batch-mode --file "$home/pom.xml" -DskipTests pre-integration-test >&2 || exit 1
  fi
}

# Class data sharing halves the time to start. The archive is made on the side; without it, or with
# a stale one, the program runs the same.
archive_flags() {
  local archive=$home/target/$1-${4// /-}.jsa
  [ "$1" != DataflowRunner ] || return 0
  if [ ! -f "$archive" ]; then
    "$java" -XX:ArchiveClassesAtExit="$archive" -Xlog:disable -Dpersonas.home="$home" -cp "$2" \
      personas.app.Main segment --runner="$3" --output="$home/target/class-data-run" \
      > /dev/null 2>&1 || true
  fi
  [ ! -f "$archive" ] || echo "-XX:SharedArchiveFile=$archive"
}

launch() {
  local runner=$1 libraries=$2 classpath=$jar library
  shift 2
  require_java
  build_if_needed
  for library in $libraries; do
    classpath=$classpath:$home/target/lib/$library/*
  done
  [ $# -gt 0 ] || set -- help
  local command=$1
  shift
  local terminal=false
  [ ! -t 1 ] || terminal=true
  # shellcheck disable=SC2046,SC2086
  exec "$java" -XX:+UseParallelGC -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off \
    $(archive_flags "$runner" "$classpath" "$runner" "$libraries") ${JAVA_OPTS:-} \
    -Dpersonas.home="$home" -Dpersonas.terminal=$terminal -cp "$classpath" \
    personas.app.Main "$command" --runner="$runner" "$@"
}
