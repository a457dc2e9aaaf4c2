package personas.export;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.export.typing.TypingInput;
import personas.export.typing.TypingResult;
import personas.export.typing.TypingTool.Score;
import personas.feature.Transform;

/**
 * Exports a typing tool as one formula of a spreadsheet. The formula only uses functions that
 * Excel, LibreOffice Calc and Google Sheets share, without arrays: IF, OR, AND, NOT, ISNUMBER,
 * EXACT, MIN, MAX, LN.
 */
public final class TypingFormula {
  /** The text that the formula shows for values that the tool does not accept. */
  public static final String REFUSED = "check the values";

  /** The maximum length of a formula in Excel. */
  static final int MAX_CHARACTERS = 8_192;

  /** The maximum length of a text in a formula in Excel. */
  private static final int MAX_TEXT = 255;

  private final TypingResult result;

  private TypingFormula(TypingResult result) {
    this.result = result;
  }

  /** Returns the text of the file: the cells, then the formula on a separate line. */
  public static String text(TypingResult result) {
    return new TypingFormula(result).file();
  }

  /** Returns the formula for the cells of row 2, in which the first input is A2. */
  public static String formula(TypingResult result) {
    return new TypingFormula(result).formula();
  }

  private String file() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Typing tool of the model '"
            + SqlScoring.inOneLine(result.spec().name())
            + "' for Excel, LibreOffice Calc and Google Sheets");
    lines.add("");
    lines.addAll(steps());
    lines.add("");
    String formula = formula();
    lines.add(formula);
    lines.add("");
    lines.addAll(notes(formula.length()));
    return String.join("\n", lines) + "\n";
  }

  private List<String> steps() {
    List<TypingInput> inputs = result.tool().inputs();
    List<String> lines = new ArrayList<>();
    lines.add("1. Put the values of a user into these cells:");
    lines.add("");
    for (int i = 0; i < inputs.size(); i++) {
      TypingInput input = inputs.get(i);
      lines.add(
          "   " + cell(i) + "  " + SqlScoring.inOneLine(input.label()) + ": " + allowed(input));
    }
    lines.add("");
    lines.add(
        "2. Copy the formula into "
            + cell(inputs.size())
            + ", and down for the users of further rows. The formula shows the persona, or \""
            + REFUSED
            + "\".");
    return lines;
  }

  private List<String> notes(int characters) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "The formula gives %.1f%% of %,d held-out users the persona that score gives.",
            100 * result.accuracy(),
            result.heldOutUsers()));
    lines.add(
        "It is written with English function names, commas and decimal points. A spreadsheet in"
            + " another language has to be set to English.");
    if (characters > MAX_CHARACTERS) {
      lines.add(
          String.format(
              Locale.ROOT,
              "The formula has %,d characters, and Excel accepts at most %,d. Use the page or the SQL"
                  + " instead of Excel, or a smaller --features.",
              characters,
              MAX_CHARACTERS));
    }
    return lines;
  }

  private static String allowed(TypingInput input) {
    String empty = input.required() ? "; it is needed" : "; may be empty";
    return switch (input.kind()) {
      case NUMBER ->
          "a number"
              + (input.unit() == null ? "" : " (" + SqlScoring.inOneLine(input.unit()) + ")")
              + (input.min() == null ? "" : ", at least " + number(input.min()))
              + (input.max() == null ? "" : ", at most " + number(input.max()))
              + empty;
      case YES_NO -> "1 for yes, 0 for no" + empty;
      case LEVEL ->
          "one of "
              + String.join(" | ", input.levels().stream().map(SqlScoring::inOneLine).toList())
              + " in this spelling; any other text counts as "
              + TypingInput.otherLevel(input)
              + empty;
    };
  }

  private static String cell(int input) {
    return (char) ('A' + input) + "2";
  }

  private String formula() {
    List<Score> scores = result.tool().scores();
    StringBuilder formula = new StringBuilder("=");
    int openParentheses = 0;
    List<String> refusals = refusals();
    if (!refusals.isEmpty()) {
      formula.append("IF(OR(").append(String.join(",", refusals)).append("),");
      formula.append(text(REFUSED)).append(',');
      openParentheses++;
    }
    for (int j = 0; j < scores.size() - 1; j++) {
      List<String> later = scores.subList(j + 1, scores.size()).stream().map(this::score).toList();
      formula.append("IF(").append(score(scores.get(j))).append(">=");
      formula.append(later.size() == 1 ? later.get(0) : "MAX(" + String.join(",", later) + ")");
      formula.append(',').append(persona(j)).append(',');
      openParentheses++;
    }
    return formula
        .append(persona(scores.size() - 1))
        .append(")".repeat(openParentheses))
        .toString();
  }

  private String persona(int j) {
    return text(result.personas().get(j).persona());
  }

  private List<String> refusals() {
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < result.tool().inputs().size(); i++) {
      TypingInput input = result.tool().inputs().get(i);
      String cell = cell(i);
      boolean isLevel = input.kind() == TypingInput.Kind.LEVEL;
      if (isLevel && input.required()) {
        refusals.add(cell + "=\"\"");
      } else if (!isLevel) {
        String isNotNumber = "NOT(ISNUMBER(" + cell + "))";
        refusals.add(
            input.required() ? isNotNumber : "AND(" + cell + "<>\"\"," + isNotNumber + ")");
      }
      // An empty cell counts as 0 in a comparison, so bounds are only checked for numbers.
      String filledCondition = input.required() ? "" : cell + "<>\"\",";
      switch (input.kind()) {
        case NUMBER -> {
          refusals.add(refusal(filledCondition, cell + "<" + number(input.minAccepted())));
          refusals.add(refusal(filledCondition, cell + ">" + number(input.maxAccepted())));
          if (input.transform() == Transform.LOG1P && input.minAccepted() <= -1) {
            refusals.add(refusal(filledCondition, cell + "<=-1"));
          }
        }
        case YES_NO -> refusals.add("AND(" + filledCondition + cell + "<>0," + cell + "<>1)");
        case LEVEL -> {
          // Every text is accepted; a text that is not listed belongs to the level of all other
          // texts.
        }
      }
    }
    return refusals;
  }

  /** Returns the condition, restricted to a filled cell if the cell may be empty. */
  private static String refusal(String filledCondition, String condition) {
    return filledCondition.isEmpty() ? condition : "AND(" + filledCondition + condition + ")";
  }

  private String score(Score score) {
    StringBuilder sum = new StringBuilder(number(score.constant()));
    for (int i = 0; i < result.tool().inputs().size(); i++) {
      TypingInput input = result.tool().inputs().get(i);
      List<Double> weights = score.weights().get(i);
      if (weights.stream().noneMatch(weight -> weight != 0)) {
        continue;
      }
      if (input.kind() == TypingInput.Kind.LEVEL) {
        sum.append('+').append(level(input, weights, cell(i)));
      } else {
        double weight = weights.get(0);
        sum.append(weight < 0 ? "-" : "+").append(number(Math.abs(weight)));
        sum.append('*').append(transformed(input, cell(i)));
      }
    }
    return sum.toString();
  }

  private static String transformed(TypingInput input, String cell) {
    String value = cell;
    if (!input.required()) {
      value = "IF(" + cell + "=\"\"," + number(input.missing()) + "," + cell + ")";
    }
    if (input.lower() != null) {
      value = "MAX(" + number(input.lower()) + "," + value + ")";
    }
    if (input.upper() != null) {
      value = "MIN(" + number(input.upper()) + "," + value + ")";
    }
    return input.transform() == Transform.LOG1P ? "LN(1+" + value + ")" : value;
  }

  private static String level(TypingInput input, List<Double> weights, String cell) {
    double others = weights.get(input.levels().indexOf(TypingInput.otherLevel(input)));
    double missing = weights.get(weights.size() - 1);
    StringBuilder choice = new StringBuilder();
    int openParentheses = 0;
    if (!input.required() && missing != others) {
      choice.append("IF(").append(cell).append("=\"\",").append(number(missing)).append(',');
      openParentheses++;
    }
    for (int level = 0; level < input.levels().size(); level++) {
      if (weights.get(level) != others) {
        choice.append("IF(EXACT(").append(cell).append(',');
        choice.append(text(input.levels().get(level))).append("),");
        choice.append(number(weights.get(level))).append(',');
        openParentheses++;
      }
    }
    return choice.append(number(others)).append(")".repeat(openParentheses)).toString();
  }

  /** Returns digits that parse to the same double, with an exponent for a small or large number. */
  static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    int magnitude = exact.precision() - exact.scale();
    return magnitude >= -4 && magnitude <= 15
        ? exact.toPlainString()
        : exact.toString().replace("E+", "E");
  }

  /** Returns a text in quotes. A long text is divided into pieces. */
  private static String text(String value) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (int character : value.replaceAll("\\p{Cntrl}", " ").codePoints().toArray()) {
      String next = character == '"' ? "\"\"" : Character.toString(character);
      if (piece.length() + next.length() > MAX_TEXT) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.append(next);
    }
    pieces.add(piece.toString());
    return '"' + String.join("\"&\"", pieces) + '"';
  }
}
