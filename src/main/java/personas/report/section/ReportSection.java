package personas.report.section;

/**
 * A section of the report page. A section is a script, which draws it, and possibly a class, which
 * computes data of its own.
 */
public interface ReportSection {
  /**
   * Returns the name of the script in the folder {@code sections} of the page. The name is also the
   * key of the data, below {@code sections} in {@code report.json}.
   */
  String id();

  /**
   * Returns the data of the section as a record, a list or a map. Returns null if the section only
   * draws other parts of the report, or if there is nothing to draw. Figures of small groups must
   * be hidden, see {@link SectionInput#mask}.
   */
  Object data(SectionInput input);

  /** A section that draws the parts of the report that every section can use. */
  record OfReport(String id) implements ReportSection {
    @Override
    public Object data(SectionInput input) {
      return null;
    }
  }
}
