package personas.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HelpTest {
  private static List<String> printed(Consumer<PrintStream> help) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    help.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void helpIsOneScreenWithOneLinePerCommand() {
    List<String> lines = printed(Help::print);
    assertTrue(lines.size() <= 24, lines.size() + " lines");
    assertTrue(lines.stream().allMatch(line -> line.length() <= 96), lines.toString());
    for (CommandHelp command : CommandHelp.ALL) {
      assertEquals(
          1,
          lines.stream().filter(line -> line.startsWith("  " + command.name() + " ")).count(),
          command.name());
    }
  }

  /** A flag that is in no group would be missing from the help. */
  @Test
  void everyFlagOfACommandIsInOneGroup() {
    List<String> grouped = new ArrayList<>();
    for (FlagGroup group : FlagGroup.values()) {
      grouped.addAll(group.flags());
    }
    Set<String> declared = new TreeSet<>();
    CommandHelp.ALL.forEach(command -> declared.addAll(Help.flags(command.options()).keySet()));
    assertEquals(List.copyOf(declared), grouped.stream().sorted().toList());
  }

  @Test
  void theHelpOfACommandShowsItsOwnFlagsOnly() {
    for (CommandHelp command : CommandHelp.ALL) {
      List<String> lines = printed(out -> Help.print(command, out));
      Set<String> flags = Help.flags(command.options()).keySet();
      for (String flag : flags) {
        assertTrue(
            lines.stream().anyMatch(line -> line.startsWith("  --" + flag + " ")),
            command.name() + ": " + flag);
      }
      long shown = lines.stream().filter(line -> line.startsWith("  --")).count();
      assertEquals(flags.size(), shown, command.name());
    }
    List<String> compare = printed(out -> Help.print(CommandHelp.of("compare").get(), out));
    assertFalse(compare.toString().contains("--restarts"), compare.toString());
  }

  @Test
  void aMisspelledCommandGetsTheNearestName() {
    assertEquals(Optional.of("segment"), CommandHelp.nearest("segmnt"));
    assertEquals(Optional.of("score"), CommandHelp.nearest("scor"));
    assertEquals(Optional.of("compare"), CommandHelp.nearest("comapre"));
    assertEquals(Optional.of("report"), CommandHelp.nearest("reports"));
    assertEquals(Optional.of("help"), CommandHelp.nearest("hlp"));
    assertEquals(Optional.empty(), CommandHelp.nearest("cluster-my-users"));
    assertEquals(Optional.empty(), CommandHelp.nearest(""));
  }
}
