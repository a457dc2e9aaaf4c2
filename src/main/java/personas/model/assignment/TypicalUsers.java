package personas.model.assignment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import personas.feature.shard.Shard;

/**
 * The users nearest to the centroid of each cluster. Users at the same distance are ordered by id,
 * so the order of the input does not matter. Collections of users can be merged.
 */
public final class TypicalUsers {
  /** The maximum number of users that are kept for each cluster. */
  public static final int MAX_USERS = 10;

  /**
   * A user.
   *
   * @param squaredDistance squared distance to the centroid, standardized
   * @param id the id of the user
   */
  public record User(double squaredDistance, String id) {
    private static final Comparator<User> NEAREST_FIRST =
        Comparator.comparingDouble(User::squaredDistance).thenComparing(User::id);
  }

  private final List<List<User>> nearest = new ArrayList<>();

  /** For each cluster, the squared distance above which a user is not kept. */
  private final double[] largestKept;

  /**
   * Creates an empty collection.
   *
   * @param k number of clusters
   */
  public TypicalUsers(int k) {
    for (int j = 0; j < k; j++) {
      nearest.add(new ArrayList<>());
    }
    largestKept = new double[k];
    Arrays.fill(largestKept, Double.POSITIVE_INFINITY);
  }

  /** Returns an empty collection for the same number of clusters. */
  public TypicalUsers empty() {
    return new TypicalUsers(nearest.size());
  }

  /** Adds a user. */
  void add(int cluster, double squaredDistance, Shard shard, int row) {
    if (squaredDistance <= largestKept[cluster]) {
      add(cluster, new User(squaredDistance, shard.id(row)));
    }
  }

  private void add(int cluster, User user) {
    List<User> users = nearest.get(cluster);
    int index = Collections.binarySearch(users, user, User.NEAREST_FIRST);
    users.add(index < 0 ? -1 - index : index, user);
    if (users.size() > MAX_USERS) {
      users.remove(MAX_USERS);
    }
    if (users.size() == MAX_USERS) {
      largestKept[cluster] = users.get(MAX_USERS - 1).squaredDistance();
    }
  }

  /** Adds other users of the same clusters. */
  public void merge(TypicalUsers other) {
    for (int j = 0; j < nearest.size(); j++) {
      for (User user : other.nearest.get(j)) {
        add(j, user);
      }
    }
  }

  /** Returns the users of a cluster, the nearest first. */
  public List<User> of(int cluster) {
    return Collections.unmodifiableList(nearest.get(cluster));
  }

  /** Writes the users. Equal collections are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(nearest.size());
    for (List<User> users : nearest) {
      out.writeInt(users.size());
      for (User user : users) {
        byte[] id = user.id().getBytes(StandardCharsets.UTF_8);
        out.writeDouble(user.squaredDistance());
        out.writeInt(id.length);
        out.write(id);
      }
    }
  }

  /** Reads users that {@link #write} wrote. */
  public static TypicalUsers read(DataInput in) throws IOException {
    TypicalUsers users = new TypicalUsers(in.readInt());
    for (int j = 0; j < users.nearest.size(); j++) {
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
        double squaredDistance = in.readDouble();
        byte[] id = new byte[in.readInt()];
        in.readFully(id);
        users.add(j, new User(squaredDistance, new String(id, StandardCharsets.UTF_8)));
      }
    }
    return users;
  }
}
