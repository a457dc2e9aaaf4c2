package personas.app;

import java.util.ServiceLoader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.exceptions.RpcLoaderException;

/**
 * Gives an embedded Flink the remote calls that lie on the class path, as the launcher has them.
 * Flink's own loader unpacks them from a jar within a jar at each start, which costs a quarter of a
 * second: 22 MB to write, and classes that no archive of the JVM holds. Where none are on the class
 * path, as on a cluster, this fails and Flink goes on to its own.
 */
public final class FlinkCalls implements RpcSystemLoader {
  /** Before Flink's own, which says 0. */
  @Override
  public int getLoadPriority() {
    return -1;
  }

  @Override
  public RpcSystem loadRpcSystem(Configuration configuration) {
    return ServiceLoader.load(RpcSystem.class, RpcSystem.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new RpcLoaderException("no remote calls on the class path", null));
  }
}
