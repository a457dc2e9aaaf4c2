package personas.report.section;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.report.section.ReportSection.OfReport;

/** The list of all sections. A new section is one class, one script and one line here. */
public final class ReportSections {
  /** The sections in the order of the page. */
  private static final List<ReportSection> ALL =
      List.of(
          new OfReport("personas"),
          new OfReport("described"),
          new OfReport("changes"),
          new OfReport("rules"),
          new OfReport("separation"),
          new OfReport("centroids"),
          new OfReport("importance"),
          new OfReport("atypical"),
          new OfReport("distributions"),
          new OfReport("choice"),
          new OfReport("convergence"),
          new OfReport("quality"),
          new OfReport("definitions"));

  private ReportSections() {}

  /** Returns the names of the scripts in the order of the page. */
  public static List<String> scripts() {
    return ALL.stream().map(ReportSection::id).toList();
  }

  /** Returns the data of the sections that have data of their own, by the id of the section. */
  public static Map<String, Object> data(SectionInput input) {
    return data(ALL, input);
  }

  static Map<String, Object> data(List<ReportSection> sections, SectionInput input) {
    Map<String, Object> data = new LinkedHashMap<>();
    for (ReportSection section : sections) {
      Object sectionData = section.data(input);
      if (sectionData != null) {
        data.put(section.id(), sectionData);
      }
    }
    return Collections.unmodifiableMap(data);
  }
}
