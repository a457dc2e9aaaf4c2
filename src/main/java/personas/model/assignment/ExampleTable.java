package personas.model.assignment;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import personas.model.Model.ClusterModel;
import personas.model.table.CsvTableBuilder;

/** Writes {@code examples.csv}, the most typical users of each persona. */
public final class ExampleTable {
  /** The name of the file. */
  public static final String FILE = "examples.csv";

  private ExampleTable() {}

  /**
   * Writes one row for each user, the nearest to the centroid first: {@code
   * cluster,persona,rank,user_id,distance}.
   *
   * @param users the typical users of the clusters
   * @param clusters the clusters, in the order of the users
   * @param out gets CSV with a header; stays open
   */
  public static void write(TypicalUsers users, List<ClusterModel> clusters, OutputStream out)
      throws IOException {
    CsvTableBuilder table = new CsvTableBuilder();
    table.text("cluster").text("persona").text("rank").text("user_id").text("distance").endRow();
    for (int j = 0; j < clusters.size(); j++) {
      int rank = 0;
      for (TypicalUsers.User user : users.of(j)) {
        rank++;
        table.number(clusters.get(j).id()).text(clusters.get(j).persona()).number(rank);
        table.text(user.id()).number(Math.sqrt(user.squaredDistance())).endRow();
      }
    }
    table.writeTo(out);
  }
}
