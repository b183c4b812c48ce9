package org.gatehouse.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gatehouse.matrix.roomversion.RoomVersion;
import org.gatehouse.matrix.roomversion.RoomVersions;
import org.gatehouse.matrix.stateres.RoomAuthGraph;
import org.gatehouse.matrix.stateres.StateMap;
import org.gatehouse.matrix.stateres.StateResolution;
import org.gatehouse.testkit.shapes.Shape;
import org.gatehouse.testkit.shapes.Shapes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * State resolution of the shapes G1 to G7. The states are tries that exist, as a server's do; the room's auth graph is
 * made anew for each resolution, outside of the time that is taken, so that nothing is remembered from one to the next.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 8, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class ResolutionBenchmark {

    static final List<String> SHAPES = List.of(
            "G1-10000-1000",
            "G2-3000-10",
            "G2-30000-10",
            "G2-300000-10",
            "G2-30000-100",
            "G2-30000-1000",
            "G2-30000-10000",
            "G3-5000",
            "G4-5000",
            "G5-20000",
            "G6-20",
            "G7-2000");

    private static final long SEED = 42;

    @Param({"11", "12"})
    private String version = "11";

    @Param({
        "G1-10000-1000",
        "G2-3000-10",
        "G2-30000-10",
        "G2-300000-10",
        "G2-30000-100",
        "G2-30000-1000",
        "G2-30000-10000",
        "G3-5000",
        "G4-5000",
        "G5-20000",
        "G6-20",
        "G7-2000"
    })
    private String shape = "G2-3000-10";

    private RoomVersion roomVersion = RoomVersions.V11;
    private Shape room = shape(roomVersion, shape);
    private RoomAuthGraph graph = room.graph();

    static ResolutionBenchmark of(String version, String shape) {
        ResolutionBenchmark benchmark = new ResolutionBenchmark();
        benchmark.version = version;
        benchmark.shape = shape;
        benchmark.makeRoom();
        return benchmark;
    }

    @Setup(Level.Trial)
    public void makeRoom() {
        roomVersion = RoomVersions.require(version);
        room = shape(roomVersion, shape);
    }

    @Setup(Level.Invocation)
    public void forget() {
        graph = room.graph();
    }

    @Benchmark
    public StateMap resolve() {
        List<StateMap> states = room.states();
        return StateResolution.resolve(roomVersion, states, graph);
    }

    private static Shape shape(RoomVersion version, String name) {
        Shapes shapes = new Shapes(version, SEED);
        String[] parts = name.split("-");
        int size = Integer.parseInt(parts[1]);
        return switch (parts[0]) {
            case "G1" -> shapes.bridgeChurn(size, Integer.parseInt(parts[2]));
            case "G2" -> shapes.bigRoom(size, Integer.parseInt(parts[2]));
            case "G3" -> shapes.banWave(size);
            case "G4" -> shapes.deepMainline(size);
            case "G5" -> shapes.longChain(size);
            case "G6" -> shapes.extremities(size);
            case "G7" -> shapes.denseSubgraph(size);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
