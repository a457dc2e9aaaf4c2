# Functions that the launchers under runners/ share. The launchers source this file.
#
#   launch RUNNER COMMAND [FLAG ...]              runs a command in this process
#   launch_on_cluster KIND RUNNER COMMAND [FLAG ...]   submits a command, with one jar for the workers
#
# Both build the project if needed, then replace the shell by the program.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
jar=$home/target/beam-personas.jar

die() {
  echo "$*" >&2
  exit 2
}

# Sets java and java_version. Reading the release file of a JDK is faster than starting the JDK.
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

# Runs a command while no other launcher of this project builds, so that two launchers never build into
# the same folder at the same time. On a machine without flock, a folder is the lock.
with_lock() {
  local lock=$home/target/launch.lock
  if ! mkdir -p "$home/target" 2> /dev/null || [ ! -w "$home/target" ]; then
    # The folder is read-only, so no launcher can build here.
    "$@"
  elif command -v flock > /dev/null; then
    (flock 9 && "$@") 9> "$lock"
  else
    until mkdir "$lock.d" 2> /dev/null; do
      [ -n "${waiting:-}" ] || echo "another launcher builds the project; if no launcher runs, delete $lock.d" >&2
      local waiting=true
      sleep 1
    done
    (trap 'rmdir "$lock.d"' EXIT && "$@")
  fi
}

# Sets file_systems to the file systems that the build adds, separated by commas: the value of FILE_SYSTEMS,
# else the value of the last build.
read_file_systems() {
  local known=$home/target/file-systems name
  built_file_systems=
  [ ! -r "$known" ] || read -r built_file_systems < "$known" || true
  file_systems=${FILE_SYSTEMS-$built_file_systems}
  file_systems=${file_systems// /,}
  for name in ${file_systems//,/ }; do
    case $name in s3 | hdfs) ;; *) die "FILE_SYSTEMS: $name: is not s3 or hdfs; remove it" ;; esac
  done
}

maven() {
  command -v mvn > /dev/null || die "mvn: not found; install Maven, which builds the project"
  mvn --quiet --batch-mode --file "$home/pom.xml" ${file_systems:+"-P$file_systems"} \
    -Dmaven.test.skip=true "$@" >&2 || exit 1
}

build_if_needed() {
  read_file_systems
  if [ -f "$jar" ] && [ "$file_systems" = "$built_file_systems" ] \
    && [ -z "$(find "$home/pom.xml" "$home/src/main" -newer "$jar" -print -quit)" ]; then
    return
  fi
  echo "building ..." >&2
  maven package
  if [ "$file_systems" != "$built_file_systems" ]; then
    # This makes the jars for clusters older than the jar of the program, so they are built again.
    touch "$jar"
    echo "$file_systems" > "$home/target/file-systems"
  fi
}

# Builds the jar for the workers if needed. The kind of jar is "flink-google" (for Flink, with the clients of Google
# Cloud) or "dataflow".
bundle_if_needed() {
  local bundle=$home/target/beam-personas-$1.jar
  build_if_needed
  if [ ! -f "$bundle" ] || [ "$jar" -nt "$bundle" ]; then
    echo "bundling ..." >&2
    maven -Dbundle="$1" pre-integration-test
  fi
}

# Class data sharing saves about a third of the start time. The archive of a class path is made once
# for each build and JDK. The JVM would crash on a partial archive, so the archive is renamed when it is
# complete. An empty file records that the archive could not be made, so that later runs do not try again.
make_archive_if_needed() {
  local runner=$1 archive=$2 making=$2.$$ status=0
  [ -w "$home/target" ] || return 0
  [ ! -f "$archive" ] || [ "$jar" -nt "$archive" ] || return 0
  # The run starts in the folder of the project, because it reads the sample data.
  (cd "$home" && exec "$java" -XX:ArchiveClassesAtExit="$making" ${jvm_options[@]+"${jvm_options[@]}"} -Xlog:disable \
    -Dpersonas.home="$home" -cp "$classpath" \
    personas.cli.Main segment --runner="$runner" --output="$making.run") \
    > /dev/null 2>&1 || status=$?
  rm -rf "$making.run"
  # Ctrl-C also ends the launcher.
  [ $status -ne 130 ] || { rm -f "$making"; exit 130; }
  [ $status -eq 0 ] && [ -f "$making" ] || : > "$making"
  mv -f "$making" "$archive"
}

# Prints the kilobytes of memory of this machine or container; 0 if they are not known.
memory() {
  local kilobytes=0 limit
  [ ! -r /proc/meminfo ] || read -r _ kilobytes _ < /proc/meminfo
  if [ -r /sys/fs/cgroup/memory.max ] && read -r limit < /sys/fs/cgroup/memory.max \
    && [ "$limit" != max ] && [ $((limit / 1024)) -lt "$kilobytes" ]; then
    kilobytes=$((limit / 1024))
  fi
  echo "$kilobytes"
}

# Succeeds if runners/jvm.options may set the size of the heap and of its young generation: JAVA_OPTS does not set
# them, and the heap is large enough.
may_size_heap() {
  case ${JAVA_OPTS:-} in
    *-Xmn* | *-XX:*Heap* | *-XX:*RAM* | *-XX:*New*) return 1 ;;
    *-Xm*) [[ $JAVA_OPTS =~ -Xmx[0-9]+[gG] ]] ;;
    *) [ "$(memory)" -ge 6000000 ] ;;
  esac
}

# Sets jvm_options to the lines of runners/jvm.options that do not conflict with JAVA_OPTS. The JVM refuses two
# garbage collectors, and the sizes of the young generation need a heap of several gigabytes.
read_jvm_options() {
  local line
  jvm_options=()
  [ "${JVM_OPTIONS:-}" != none ] || return 0
  while IFS= read -r line; do
    case $line in
      '' | '#'*) continue ;;
      -XX:+Use*GC) [[ ${JAVA_OPTS:-} != *-XX:+Use*GC* ]] || continue ;;
      *NewSize=* | *RAMPercentage=*) may_size_heap || continue ;;
    esac
    jvm_options+=("${line//\{home\}/$home}")
  done < "$home/runners/jvm.options"
}

# File names with characters outside ASCII need a UTF-8 locale. Schedulers and containers often do not set a locale.
require_locale() {
  case $(locale charmap 2> /dev/null) in
    '' | ANSI_X3.4-1968 | US-ASCII) export LC_ALL=C.UTF-8 ;;
  esac
}

require_project() {
  [[ $home != *:* ]] || die "$home: the path of the project contains a colon, which separates the" \
    "entries of a Java class path; move the project to a path without a colon"
  require_java
  require_locale
}

# Replaces the shell by the program. Arguments: RUNNER, OPTIONS of the JVM, --, COMMAND, FLAGS.
start() {
  local runner=$1 options=() terminal=false
  shift
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  [ $# -gt 0 ] || set -- help
  [ ! -t 1 ] || terminal=true
  local command=$1
  shift
  # shellcheck disable=SC2086
  exec "$java" ${options[@]+"${options[@]}"} ${JAVA_OPTS:-} \
    -Dpersonas.home="$home" -Dpersonas.terminal=$terminal -cp "$classpath" \
    personas.cli.Main "$command" --runner="$runner" "$@"
}

# Succeeds if a command does not need an engine: it reads and writes small files, or only prints a text.
needs_no_engine() {
  case ${1:-} in report | rename | timeline | help | --help | --version | "") return 0 ;; esac
  local argument
  for argument in "$@"; do
    [ "$argument" != --help ] || return 0
  done
  return 1
}

# Every runner has this class path, because Beam and the program load a library only if a run uses it.
classpath=$jar:$home/target/lib/*

launch() {
  local runner=$1
  shift
  require_project
  with_lock build_if_needed
  read_jvm_options
  local archive=$home/target/$runner-$java_version.jsa
  with_lock make_archive_if_needed "$runner" "$archive"
  case $* in
    # The options are for batch runs. A score of a stream runs for weeks.
    score*kafka://* | score*pubsub://*) jvm_options=() ;;
  esac
  local sharing=(-Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off)
  [ ! -s "$archive" ] || sharing+=("-XX:SharedArchiveFile=$archive")
  start "$runner" "${sharing[@]}" ${jvm_options[@]+"${jvm_options[@]}"} -- "$@"
}

# Submits a command. The workers get one jar, whose KIND bundle_if_needed describes, unless the command names the
# files for the workers.
launch_on_cluster() {
  local kind=$1 runner=$2 staged=()
  shift 2
  require_project
  case $* in
    *--filesToStage=*) with_lock build_if_needed ;;
    *)
      staged=("--filesToStage=$home/target/beam-personas-$kind.jar")
      with_lock bundle_if_needed "$kind"
      ;;
  esac
  start "$runner" -- "$@" ${staged[@]+"${staged[@]}"}
}
