package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.model.Model.ClusterModel;

/**
 * The generated names of twenty simulated tables of different kinds, by the command as a user runs
 * it without a spec: no two names of a run are equal, and the terminal cuts none. The test prints
 * all names, so that a person can look at them.
 */
class SheetOfNamesTest {
  private static final int USERS = 240;

  /**
   * Each line is a table: its name, then its columns with a value for each group of users. A value
   * is the mean of a number, {@code ~} and the mean of a skewed number, {@code %} and the share of
   * yes, or a text that most users of the group have.
   */
  private static final List<String> TABLES =
      List.of(
          "telco; tenure_months 8 60 30; monthly_charges 80 95 25; contract month-to-month two-year"
              + " one-year; paperless_billing %90 %50 %20; support_calls 5 1 1",
          "bank; balance ~500 ~20000 ~3000 ~900; age 24 61 44 35; credit_cards 1 3 2 1; has_loan %10"
              + " %15 %80 %85; logins_monthly 25 2 9 14",
          "retail; recency_days 10 160 70; orders 24 2 7; revenue ~1800 ~70 ~420",
          "saas; seats ~3 ~120 ~15 ~10; api_calls ~50 ~90000 ~300 ~40000; projects 2 30 9 6;"
              + " plan free enterprise team developer; days_active 4 22 15 19",
          "games; sessions_weekly 2 30 12 6; spend ~0.5 ~90 ~4 ~60; level 4 60 25 14; pvp_share 0.1"
              + " 0.7 0.3 0.8",
          "streaming; hours_watched 5 60 25; devices 1 4 2; kids_profile %5 %85 %20; genre drama"
              + " family sport",
          "binary; newsletter %95 %10 %10 %90; app_user %10 %95 %5 %90; loyalty_card %10 %90 %5 %15",
          "categories; region north south east; plan basic pro team; channel web store phone",
          "skewed; page_views ~20 ~4000 ~300; comments ~1 ~200 ~5; followers ~10 ~50000 ~60",
          "near-duplicates; price_net 10 50 90; price_gross 12 60 108; tax 2 10 18; visits 30 28 5",
          "two; steps_daily 3000 14000; sleep_hours 6 8; resting_heart_rate 78 56",
          "hotel; nights 1 7 3 2 14; lead_days 4 90 30 2 120; rate ~220 ~90 ~140 ~400 ~60;"
              + " purpose business leisure leisure business group",
          "airline; flights_yearly 2 40 12 6 25; miles ~1500 ~90000 ~20000 ~9000 ~30000; upgrades 0 9 1"
              + " 4 0; lounge_visits 0 30 3 8 2",
          "health; bmi 22 33 27; glucose 88 150 105; exercise_minutes 300 20 120; smoker %5 %60 %20",
          "energy; kwh_day 12 4 30 18; kwh_night 3 9 12 25; solar %5 %5 %90 %10; heating gas gas pump"
              + " electric",
          "education; lessons 5 50 20 30 12; quiz_score 40 95 75 60 90; forum_posts ~1 ~40 ~4 ~9 ~20;"
              + " minutes_per_lesson 3 20 12 30 8",
          "insurance; premium 400 1800 900 1200 600 2400; claims 0 3 1 0 4 1; age 22 55 40 64 30 48;"
              + " car sedan suv sedan hatchback sedan suv",
          "delivery; orders_monthly 1 20 8 4 12 30 2; basket 15 30 60 110 22 18 45; tips ~0.5 ~3 ~8 ~15 ~1"
              + " ~2 ~12; weekend_share 0.9 0.3 0.5 0.8 0.1 0.4 0.2",
          "social media with long column names; average_minutes_per_session_last_quarter 3 40 15 8 22;"
              + " number_of_messages_sent_monthly ~5 ~900 ~90 ~300 ~40; share_of_content_uploaded_from_mobile"
              + " 0.9 0.5 0.1 0.8 0.3",
          "nine; a 0 0 0 5 5 5 10 10 10; b 0 5 10 0 5 10 0 5 10; c 3 9 1 7 2 8 4 6 0");

  @TempDir private Path folder;

  private static String[] parts(String text, String separator) {
    return text.trim().split(separator, -1);
  }

  private Path table(String described, int number) throws IOException {
    Random random = new Random(number);
    String[] columns = parts(described, ";");
    List<String> lines = new ArrayList<>();
    StringBuilder header = new StringBuilder("user_id");
    for (int c = 1; c < columns.length; c++) {
      header.append(',').append(parts(columns[c], " ")[0]);
    }
    lines.add(header.toString());
    int groups = parts(columns[1], " ").length - 1;
    for (int i = 0; i < USERS; i++) {
      StringBuilder line = new StringBuilder("u").append(1000 + i);
      for (int c = 1; c < columns.length; c++) {
        String[] values = parts(columns[c], " ");
        line.append(',').append(value(values, i % groups, random));
      }
      lines.add(line.toString());
    }
    return Files.write(folder.resolve("table-" + number + ".csv"), lines);
  }

  private static String value(String[] values, int group, Random random) {
    String own = values[1 + group];
    if (own.startsWith("%")) {
      return random.nextInt(100) < Integer.parseInt(own.substring(1)) ? "yes" : "no";
    }
    if (own.startsWith("~")) {
      double skewed = Double.parseDouble(own.substring(1)) * Math.exp(0.5 * random.nextGaussian());
      return String.format(Locale.ROOT, "%.2f", skewed);
    }
    if (own.matches("[a-z].*")) {
      return random.nextInt(8) == 0 ? values[1 + random.nextInt(values.length - 1)] : own;
    }
    double most = 0;
    for (int v = 1; v < values.length; v++) {
      most = Math.max(most, Double.parseDouble(values[v]));
    }
    double number = Double.parseDouble(own) + 0.06 * most * random.nextGaussian();
    return String.format(Locale.ROOT, most < 5 ? "%.2f" : "%.0f", Math.max(0, number));
  }

  private static String terminal(Run run) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Run.command(run.output(), "report", "--model=" + run.output().resolve("model.json"))
          .succeeded();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void namesOfARunDifferAndAreNotCut() throws IOException {
    StringBuilder sheet = new StringBuilder();
    for (int t = 0; t < TABLES.size(); t++) {
      String table = TABLES.get(t);
      int k = parts(parts(table, ";")[1], " ").length - 1;
      Path output = folder.resolve("out-" + t);
      Run run =
          Run.command(
                  output,
                  "segment",
                  "--quiet",
                  "--input=" + table(table, t),
                  "--k=" + k,
                  "--restarts=2",
                  "--output=" + output)
              .succeeded();
      List<String> names = run.model().clusters().stream().map(ClusterModel::persona).toList();
      sheet
          .append(parts(table, ";")[0])
          .append(": ")
          .append(String.join(" | ", names))
          .append('\n');
      assertEquals(k, names.size(), table);
      assertEquals(k, new HashSet<>(names).size(), names.toString());
      String terminal = terminal(run);
      Files.writeString(Path.of("target/sheet-of-names.txt"), sheet.toString());
      for (String name : names) {
        assertTrue(terminal.contains(name + " "), name + " in " + terminal);
      }
    }
    System.out.print(sheet);
    assertEquals(20, TABLES.size());
  }
}
