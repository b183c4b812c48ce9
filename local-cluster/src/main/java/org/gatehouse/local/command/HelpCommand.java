package org.gatehouse.local.command;

import java.util.EnumSet;
import java.util.Set;

/** Tells what there is. */
final class HelpCommand implements Command {
    @Override
    public Set<Flag> flags() {
        return EnumSet.noneOf(Flag.class);
    }

    @Override
    public int run(CommandLine line, Setting setting) {
        setting.say("""
                gatehouse demo             two clusters converse over federation; everything is stopped at the end
                gatehouse up [flags]       starts a cluster and returns when it answers
                gatehouse down [flags]     stops it (--cluster NAME, or --all)
                gatehouse status           what runs, and its memory
                gatehouse logs SERVICE     its log (--cluster NAME, --follow)
                gatehouse lab COMMAND      the rules of Matrix over JSON: see gatehouse lab help

                Flags; each may stand in the environment instead, as GATEHOUSE_SERVER_NAME for --server-name:""");
        for (Flag flag : Flag.values()) {
            setting.say("%s", flag.help());
        }
        return 0;
    }
}
