package personas.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.exceptions.RpcLoaderException;
import org.junit.jupiter.api.Test;

/** Here, as on a cluster, no remote calls lie on the class path. */
class FlinkCallsTest {
  @Test
  void flinkGoesOnToItsOwnWhereTheClassPathHasNone() {
    Configuration configuration = new Configuration();
    assertThrows(RpcLoaderException.class, () -> new FlinkCalls().loadRpcSystem(configuration));
    try (RpcSystem own = RpcSystem.load(configuration)) {
      assertEquals("CleanupOnCloseRpcSystem", own.getClass().getSimpleName());
    }
  }
}
