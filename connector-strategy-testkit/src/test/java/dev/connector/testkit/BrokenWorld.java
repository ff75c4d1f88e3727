package dev.connector.testkit;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.SimulatedAws;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;

/** Worlds in which nothing could be found out. */
enum BrokenWorld {
    TOO_FEW_PEOPLE("people() must answer four or more") {
        @Override
        List<Requester> people(List<Requester> all) {
            return all.subList(0, 3);
        }
    },
    TOO_FEW_TARGETS("targets() must answer three or more") {
        @Override
        List<GroupTarget> targets(List<GroupTarget> all) {
            return all.subList(0, 2);
        }
    },
    NOTHING_IS_GIVEN("ACCESS_GIVEN must give access") {
        @Override
        boolean change(GroupWorld world, Change change, Requester person, GroupTarget target) {
            return true;
        }
    },
    SOMEBODY_HAS_ACCESS("principals() must be empty at first") {
        @Override
        Set<String> principals(Set<String> all) {
            return Set.of("AIDA");
        }
    },
    CALLS_GO_ANOTHER_WAY("must make the strategy's clients with the process") {
        @Override
        AccessStrategy<GroupTarget> start(GroupWorld world, ServiceProcess<GroupTarget> process) {
            IamClient iam = world.aws()
                    .configure(IamClient.builder())
                    .credentialsProvider(world.robot())
                    .build();
            return new GroupStrategy(process, iam, world.aws().accountId());
        }
    };

    private final String complaint;

    BrokenWorld(String complaint) {
        this.complaint = complaint;
    }

    String complaint() {
        return complaint;
    }

    List<Requester> people(List<Requester> all) {
        return all;
    }

    List<GroupTarget> targets(List<GroupTarget> all) {
        return all;
    }

    Set<String> principals(Set<String> all) {
        return all;
    }

    boolean change(GroupWorld world, Change change, Requester person, GroupTarget target) {
        return world.change(change, person, target);
    }

    AccessStrategy<GroupTarget> start(GroupWorld world, ServiceProcess<GroupTarget> process) {
        return world.start(process);
    }

    StrategyWorld<GroupTarget> world() {
        return new Broken(this, new GroupWorld(honest -> honest));
    }

    private record Broken(BrokenWorld how, GroupWorld world) implements StrategyWorld<GroupTarget> {

        @Override
        public SimulatedAws aws() {
            return world.aws();
        }

        @Override
        public List<Requester> people() {
            return how.people(world.people());
        }

        @Override
        public List<GroupTarget> targets() {
            return how.targets(world.targets());
        }

        @Override
        public AccessStrategy<GroupTarget> start(ServiceProcess<GroupTarget> process) {
            return how.start(world, process);
        }

        @Override
        public Set<String> principals(GroupTarget target) {
            return how.principals(world.principals(target));
        }

        @Override
        public boolean change(Change change, Requester person, GroupTarget target) {
            return how.change(world, change, person, target);
        }
    }
}
