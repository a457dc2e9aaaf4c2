package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.cli.exit.ExitCode;

/** Checks the messages for invalid flags of {@code simulate}. */
class SimulateTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--users=0              | --users: '0' is not in 1..1000000000",
        "--users=-5             | --users: '-5' is not in 1..1000000000",
        "--users=1000000001     | --users: '1000000001' is not in 1..1000000000",
        "--users=1e6            | --users: '1e6' is not in 1..1000000000",
        "--users=               | --users: '' is not in 1..1000000000",
        "--seed=today           | --seed: 'today' is not in -9223372036854775808..9223372036854775807",
        "--seed=9223372036854775808 | --seed: '9223372036854775808' is not in -9223372036854775808..9223372036854775807",
        "--usres=5              | --usres: unknown flag; did you mean users?",
        "5                      | 5: is not a flag; a flag is written --name=value",
      })
  void refusesWithTheFlagTheValueAndTheRange(String flag, String message) {
    Run run = Run.command(folder, "simulate", flag, "--output=" + folder.resolve("users.csv"));
    assertEquals(ExitCode.USAGE, run.exitCode());
    assertEquals(message, run.errors().strip());
  }

  @Test
  void writesNothingIfAFlagIsInvalid() {
    Run.command(folder, "simulate", "--users=0", "--output=" + folder.resolve("users.csv"));
    assertEquals(0, folder.toFile().list().length);
  }
}
