package org.gatehouse.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gatehouse.runtime.start.Settings;
import org.junit.jupiter.api.Test;

class CrashPointTest {

    @Test
    void endsAtTheKthArrivalAndNoOther() {
        AtomicInteger ends = new AtomicInteger();
        ArmedPoint point = new ArmedPoint("ingress.after-verify", 3, ends::incrementAndGet);
        List<Integer> after = new ArrayList<>();
        for (int arrival = 1; arrival <= 5; arrival++) {
            point.reach("ingress.after-200");
            point.reach("ingress.after-verify");
            after.add(ends.get());
        }
        assertThat(after).containsExactly(0, 0, 1, 1, 1);
    }

    @Test
    void withoutThePropertyNothingIsArmed() {
        CrashPoints.ALL.forEach(CrashPoint::reach);
        assertThat(CrashPoints.ALL).noneMatch(CrashPoint::isArmed);
        assertThat(ArmedPoint.of(Optional.empty())).isEmpty();
    }

    @Test
    void anUnknownFormOrNameIsAProblemAtTheStart() {
        assertThat(problems("ingress.after-verify:1")).isEmpty();
        for (String wrong : List.of("ingress.after-verify", "ingress.after-verify:0", "ingress.after-verify:x", ":3")) {
            assertThat(problems(wrong))
                    .containsExactly("crash.at: \"" + wrong + "\" is not NAME:k, such as ingress.after-verify:3");
        }
        assertThat(problems("ingress.after-lunch:2"))
                .containsExactly("crash.at: there is no crash point \"ingress.after-lunch\"");
        assertThat(new CrashCondition().problems(Settings.of(Map.of()))).isEmpty();
    }

    /** The real thing, in a process of its own: it must not run its shutdown hooks. */
    @Test
    void haltsTheProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dcrash.at=ingress.after-verify:2",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashPointTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ArmedPoint.STATUS);
        assertThat(output)
                .contains("arrival 1", "crash point ingress.after-verify is reached: the process halts")
                .doesNotContain("arrival 2", "farewell");
    }

    /** The program of that process. */
    public static void main(String[] arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("farewell")));
        for (int arrival = 1; arrival <= 3; arrival++) {
            CrashPoint.reach("ingress.after-verify");
            System.out.println("arrival " + arrival);
        }
    }

    private static List<String> problems(String text) {
        return new CrashCondition().problems(Settings.of(Map.of(CrashPoint.PROPERTY, text)));
    }
}
