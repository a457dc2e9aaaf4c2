package personas.report.section;

import java.util.List;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportInput;
import personas.report.privacy.ReportMask;

/**
 * The input from which a section computes its own data.
 *
 * @param input the input of the report, in which nothing is hidden
 * @param features the d features as the report shows them
 * @param personas the k personas as the report shows them
 * @param mask hides figures of small groups
 */
public record SectionInput(
    ReportInput input, List<Feature> features, List<Persona> personas, ReportMask mask) {
  public SectionInput {
    features = List.copyOf(features);
    personas = List.copyOf(personas);
  }
}
