# What the launchers under runners/ share; sourced, not run.
#
#   launch RUNNER LIBRARIES COMMAND [FLAG ...]
#
# builds the project if needed, then replaces the shell by the program. LIBRARIES names the folders
# under target/lib that RUNNER loads.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
jar=$home/target/beam-personas.jar

die() {
  echo "$*" >&2
  exit 2
}

# Sets java, and java_version, which a JDK says in a file faster than by starting.
require_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  local path line
  path=$(readlink -f "$(command -v "$java")") || true
  java_version=
  if [ -r "${path%/bin/java}/release" ]; then
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*) java_version=${line#*\"} && java_version=${java_version%\"*} ;; esac
    done < "${path%/bin/java}/release"
  fi
  [ -n "$java_version" ] \
    || java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p') || true
  local major=${java_version%%[!0-9]*}
  [ -n "$major" ] || die "java: not found; JDK 17 or newer is needed"
  [ "$major" -ge 17 ] || die "java: version $java_version is too old; JDK 17 or newer is needed"
}

build_if_needed() {
  if [ -f "$jar" ] && [ -z "$(find "$home/pom.xml" "$home/src/main" -newer "$jar" -print -quit)" ]; then
    return
  fi
  command -v mvn > /dev/null || die "mvn: not found; Maven builds the project"
  echo "building ..." >&2
  mvn --quiet --batch-mode --file "$home/pom.xml" -Dmaven.test.skip=true package >&2 || exit 1
}

# Builds the one jar that a cluster gets if it is needed, and sets bundle to its path:
# "flink", "flink-google" (with the clients of Google Cloud) or "dataflow".
bundle_if_needed() {
  bundle=$home/target/beam-personas-$1.jar
  if [ ! -f "$bundle" ] || [ "$jar" -nt "$bundle" ]; then
    echo "bundling ..." >&2
    mvn --quiet --batch-mode --file "$home/pom.xml" -Dbundle="$1" -Dmaven.test.skip=true \
      pre-integration-test >&2 || exit 1
  fi
}

# Which code is compiled, and how.
#
# - Only what is hot here, the packages that go through all users, is worth the second compiler. On
#   the plumbing around it that compiler takes a third of a short run's time, and 0.2 s on the report,
#   which is drawn once. The JVM would report the file on standard output.
# - The first compiler leaves out the counters that the second would take advice from. They are a
#   quarter of its work, and loops over columns need no advice: 4.7 s for 5.05 s of 10 million users.
# - A loop over a block of columns is called often, so it is not worth a compilation of its own while
#   it runs: 4.2 s for 4.3 s.
# - No code is thrown away and made again where a branch is taken for the first time after all.
compiler=(-XX:+UnlockDiagnosticVMOptions "-XX:CompilerDirectivesFile=$home/runners/compile.json"
  -XX:-DisplayVMOutput -XX:-C1UpdateMethodData -XX:-C1ProfileBranches -XX:-C1ProfileCalls
  -XX:-C1ProfileVirtualCalls -XX:-C1ProfileInlinedCalls -XX:-C1ProfileCheckcasts
  -XX:Tier4MinInvocationThreshold=20 -XX:Tier4CompileThreshold=10000
  -XX:Tier4BackEdgeThreshold=60000 -XX:PerMethodTrapLimit=0)

# Class data sharing saves about a third of the time to start. The archive of a class path is made once
# for each build and JDK. It appears whole or not at all: the JVM crashes on half an archive. An
# empty file says that none could be made, so that not every run tries again; a JVM that has not the
# options of the compiler any more is one that none can be made with.
make_archive() {
  local runner=$1 classpath=$2 archive=$3 making=$3.$$ status=0
  # From home, so that it is the project's sample that is read, whatever lies where the user is.
  (cd "$home" && exec "$java" -XX:ArchiveClassesAtExit="$making" "${compiler[@]}" -Xlog:disable \
    -Dpersonas.home="$home" -cp "$classpath" \
    personas.app.Main segment --runner="$runner" --output="$making.run") \
    > /dev/null 2>&1 || status=$?
  rm -rf "$making.run"
  # Ctrl-C means the whole of it.
  [ $status -ne 130 ] || { rm -f "$making"; exit 130; }
  [ $status -eq 0 ] && [ -f "$making" ] || : > "$making"
  mv -f "$making" "$archive"
}

# Whether a spec or a model that a flag names has one of these words.
speaks_of() {
  local words=$1 flag file
  shift
  for flag in "$@"; do
    file=${flag#*=}
    case $flag in
      --spec=* | --model=*) [ ! -f "$file" ] || ! grep -qiE "$words" "$file" || return 0 ;;
    esac
  done
  return 1
}

# Whether the input is a table by its first bytes.
reads_table() {
  local flag magic
  for flag in "$@"; do
    case $flag in
      --input=*)
        [ -f "${flag#*=}" ] || continue
        IFS= LC_ALL=C read -r -n 4 magic < "${flag#*=}" 2> /dev/null || true
        case $magic in PAR1 | $'Obj\001') return 0 ;; esac
        ;;
    esac
  done
  return 1
}

# Sets libraries to what a local run loads: what its engine needs, and more for Google Cloud, Kafka
# and tables that are no text.
local_libraries() {
  local engine=$1
  shift
  libraries=$engine
  case "$*" in
    *gs://* | *kafka://* | *pubsub://*) libraries="core engines" ;;
    *.avro* | *.parquet*) libraries="$engine tables" ;;
  esac
  if speaks_of 'bigquery' "$@"; then
    libraries="core engines"
  elif [ "$libraries" = "$engine" ] && { speaks_of 'jdbc|avro|parquet' "$@" || reads_table "$@"; }; then
    libraries="$engine tables"
  fi
}

# Kilobytes of memory of this machine or container; 0 where that is not known.
memory() {
  local all=0 limit
  [ ! -r /proc/meminfo ] || read -r _ all _ < /proc/meminfo
  if [ -r /sys/fs/cgroup/memory.max ] && read -r limit < /sys/fs/cgroup/memory.max \
    && [ "$limit" != max ] && [ $((limit / 1024)) -lt "$all" ]; then
    all=$((limit / 1024))
  fi
  echo "$all"
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

  local flags=(-Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off)
  local archive=$home/target/$runner-${libraries// /-}-$java_version.jsa
  # Making one plays a job; on Dataflow that would be a job to pay for.
  if [ "$runner" != DataflowRunner ] && [ -w "$home/target" ] \
    && { [ ! -f "$archive" ] || [ "$jar" -nt "$archive" ]; }; then
    make_archive "$runner" "$classpath" "$archive"
  fi
  [ ! -s "$archive" ] || flags+=("-XX:SharedArchiveFile=$archive" "${compiler[@]}")
  # The young generation would grow to gigabytes of fresh pages, which cost more than the collections
  # that they save, and the old one by collections of all: 38 s for 41 s of 100 million users at
  # -Xmx3g. Parts of a heap that the user sets, and one below a gigabyte, are left to the JVM.
  local young=-XX:MaxNewSize=200m
  case ${JAVA_OPTS:-} in
    *-Xmn* | *-XX:*Heap* | *-XX:*RAM* | *-XX:*New*) ;;
    *-Xm*) [[ ! $JAVA_OPTS =~ -Xmx[0-9]+[gG] ]] || flags+=($young) ;;
    *) [ "$(memory)" -lt 6000000 ] || flags+=($young -XX:InitialRAMPercentage=12) ;;
  esac
  # The JVM refuses two collectors; the user's wins.
  case ${JAVA_OPTS:-} in
    *-XX:+Use*GC*) ;;
    *) flags+=(-XX:+UseParallelGC) ;;
  esac
  local terminal=false
  [ ! -t 1 ] || terminal=true
  # shellcheck disable=SC2086
  exec "$java" "${flags[@]}" ${JAVA_OPTS:-} \
    -Dpersonas.home="$home" -Dpersonas.terminal=$terminal -cp "$classpath" \
    personas.app.Main "$command" --runner="$runner" "$@"
}
