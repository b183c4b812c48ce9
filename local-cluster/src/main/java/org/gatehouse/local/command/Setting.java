package org.gatehouse.local.command;

import java.io.PrintStream;
import java.nio.file.Path;
import org.gatehouse.local.ClusterSettings;
import org.gatehouse.local.DataFolder;
import org.gatehouse.local.Installation;

/**
 * Where a command works.
 *
 * @param installation the built jars
 * @param out where it tells what it does
 */
record Setting(Installation installation, PrintStream out) {
    DataFolder data(CommandLine line) {
        return new DataFolder(
                line.one(Flag.DATA).map(Path::of).orElse(installation.home().resolve(".gatehouse")));
    }

    static String cluster(CommandLine line) {
        return line.one(Flag.CLUSTER).orElse(ClusterSettings.DEFAULT_NAME);
    }

    void say(String sentence, Object... values) {
        out.println(sentence.formatted(values));
        out.flush();
    }
}
