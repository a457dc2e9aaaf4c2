package personas.cli.exit;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import personas.text.NearestName;
import personas.text.TerminalText;

/**
 * A verdict on a finished run that {@code --failOn} can list, from the least to the most serious. A
 * more serious verdict has a higher exit code.
 */
public enum Verdict {
  /** The advice is review or refit, or there is no advice because no ids match. */
  REVIEW(ExitCode.REVIEW),
  /** The advice is refit. */
  REFIT(ExitCode.REFIT),
  /** The iteration stopped at its limit while centroids still moved. */
  UNCONVERGED(ExitCode.UNCONVERGED),
  /** At least one record or event was rejected. */
  REJECTED(ExitCode.REJECTED);

  private static final int MAX_SHOWN = 80;

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Returns the exit code of a run that ends with this verdict. */
  public int exitCode() {
    return exitCode;
  }

  /** Returns the name in {@code --failOn}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the value of {@code --failOn}.
   *
   * @param list names that are separated by commas; null if the flag is absent
   * @param known the verdicts that the command can give
   * @return the listed verdicts, the least serious first; none if the flag is absent
   * @throws UsageException if a name is not one of {@code known}
   */
  public static Set<Verdict> parse(String list, Set<Verdict> known) throws UsageException {
    Set<Verdict> listed = EnumSet.noneOf(Verdict.class);
    if (list != null) {
      for (String name : list.split(",", -1)) {
        listed.add(parseOne(name.strip(), known));
      }
    }
    return Collections.unmodifiableSet(listed);
  }

  private static Verdict parseOne(String name, Set<Verdict> known) throws UsageException {
    Optional<Verdict> verdict =
        Arrays.stream(values()).filter(candidate -> candidate.word().equals(name)).findFirst();
    if (verdict.isPresent() && known.contains(verdict.get())) {
      return verdict.get();
    }
    List<String> names = known.stream().map(Verdict::word).toList();
    String mistake =
        verdict.isPresent()
            ? name + ": this command cannot give this verdict"
            : name.isEmpty()
                ? "a name is missing"
                : String.format(
                    "'%s' is not a verdict, the nearest is '%s'",
                    TerminalText.line(name, MAX_SHOWN), NearestName.of(name, names));
    throw new UsageException(
        "--failOn: " + mistake + ". Allowed, separated by commas: " + String.join(", ", names));
  }

  /** Returns all verdicts with their exit codes, for the help. */
  public static String listWithExitCodes() {
    return Arrays.stream(values())
        .map(verdict -> verdict.exitCode() + " " + verdict.word())
        .collect(Collectors.joining(", "));
  }
}
