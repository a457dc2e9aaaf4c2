package personas.run.publication;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import personas.connector.storage.Folder;
import personas.math.Require;

/**
 * A small file in the output folder that names the last run that began to publish to the folder.
 *
 * @param generation the number of the attempt to publish to the folder, from 1; a part of the name
 *     of the file
 * @param state the state of the attempt
 * @param run the staging name of the run
 * @param attempt the unique name of the attempt
 */
record PublicationMarker(long generation, State state, String run, String attempt) {
  PublicationMarker {
    Require.atLeast(1, "generation", generation);
  }

  /** The state of an attempt. */
  enum State {
    /** The run publishes, or was stopped while it published. */
    PUBLISHING,
    /** All results of the run are published. */
    PUBLISHED,
    /** The attempt failed before it changed anything. */
    WITHDRAWN
  }

  static final String PREFIX = Folder.PUBLICATION_PREFIX;
  private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "(\\d{1,18})");
  private static final Pattern CONTENT = Pattern.compile("([A-Z]+) (\\S+) (\\S+)\n");

  /** Returns the marker of the highest generation in a folder; null if the folder has none. */
  static PublicationMarker newest(Folder output) throws IOException {
    while (true) {
      long newest = 0;
      for (String name : output.names()) {
        newest = Math.max(newest, generation(name));
      }
      if (newest == 0) {
        return null;
      }
      try {
        String file = output.file(PREFIX + newest);
        return parse(newest, file, new String(Folder.readAll(file), StandardCharsets.UTF_8));
      } catch (FileNotFoundException replaced) {
        // A later attempt wrote the next marker and removed this one.
      }
    }
  }

  private static PublicationMarker parse(long generation, String file, String content)
      throws IOException {
    Matcher parts = CONTENT.matcher(content);
    if (parts.matches()) {
      for (State state : State.values()) {
        if (state.name().equals(parts.group(1))) {
          return new PublicationMarker(generation, state, parts.group(2), parts.group(3));
        }
      }
    }
    throw new IOException(
        file
            + ": the file is not a valid publication marker; delete it if no run writes to this folder");
  }

  /** Returns the generation in the name of a marker; 0 if the file is not a marker. */
  static long generation(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches() ? Long.parseLong(parts.group(1)) : 0;
  }

  /** Returns whether the marker names a run. */
  boolean isOf(String otherRun) {
    return run.equals(otherRun);
  }

  /** Returns this marker with another state. */
  PublicationMarker with(State newState) {
    return new PublicationMarker(generation, newState, run, attempt);
  }

  /** Returns the name of the file. */
  String fileName() {
    return PREFIX + generation;
  }

  /** Returns the name of the file that the next attempt writes. */
  String nextFileName() {
    return PREFIX + (generation + 1);
  }

  /** Returns the content of the file. */
  byte[] bytes() {
    return String.format(Locale.ROOT, "%s %s %s\n", state, run, attempt)
        .getBytes(StandardCharsets.UTF_8);
  }
}
