package org.gatehouse.local.command;

import java.util.EnumSet;
import java.util.Set;
import org.gatehouse.local.demo.Demo;

/** Two clusters that talk to each other, from nothing to nothing. */
final class DemoCommand implements Command {
    @Override
    public Set<Flag> flags() {
        return EnumSet.noneOf(Flag.class);
    }

    @Override
    public int run(CommandLine line, Setting setting) {
        new Demo(setting.installation(), setting.out()).run();
        return 0;
    }
}
