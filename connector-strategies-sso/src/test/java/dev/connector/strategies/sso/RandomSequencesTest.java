package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.strategies.sso.World.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever happens in whichever order. */
class RandomSequencesTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anything_inAnyOrder_endsOnceForEachAndLeavesNothingBehind(long seed) {
        World world = new World(seed);
        Random random = new Random(seed);
        world.aws.limit = random.nextBoolean() ? 10 : 15;
        world.aws.shared = random.nextBoolean();
        world.aws.pageSize = 1 + random.nextInt(30);
        world.aws.oldestFirst = random.nextBoolean();
        world.aws.listingDenied = random.nextInt(4) == 0;
        world.aws.answerLost = send -> send % 11 == 3;
        world.aws.neverArrives = send -> send % 13 == 5;
        world.aws.fails = key -> key.hashCode() % 7 == 0;
        Program program = world.program(AssignmentLimits.DEFAULT);
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double at = random.nextDouble() * 60;
            AssignmentChange change = changeOf(random);
            double leavesAfter = random.nextInt(4) == 0 ? random.nextDouble() * 20 : Double.MAX_VALUE;
            world.at(at, () -> {
                Ticket ticket = program.submit(random.nextInt(6) == 0 ? followed(world.aws, change) : change);
                tickets.add(ticket);
                if (leavesAfter < 100) {
                    world.at(at + leavesAfter, () -> program.on(new Event.Left(ticket, false)));
                }
            });
        }

        world.run();

        assertThat(tickets.stream()
                        .filter(ticket -> !program.results.containsKey(ticket))
                        .map(Ticket::change))
                .isEmpty();
        assertThat(program.scheduler.wakeAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(program.sent).allMatch(ticket -> ticket.change().isToBeSent());
        assertThat(world.aws.mostOutstanding).isLessThanOrEqualTo(15);
    }

    /** The same, if another process had it accepted; one of which AWS knows nothing, if there is none. */
    private static AssignmentChange followed(ModelAws aws, AssignmentChange change) {
        return aws.requests.values().stream()
                .filter(request -> request.key.equals(change.key()) && request.direction == change.direction())
                .reduce((earlier, later) -> later)
                .map(request -> change.following(request.id))
                .orElseGet(() -> change.following("gone-" + change.key().principalId()));
    }

    private static AssignmentChange changeOf(Random random) {
        int user = random.nextInt(40);
        AssignmentChange change = switch (random.nextInt(3)) {
            case 0 -> Samples.revocation(user);
            case 1 -> Samples.urgentRevocation(user);
            default -> AssignmentChange.grant("grant-" + random.nextInt(3), Samples.key(user));
        };
        return switch (random.nextInt(5)) {
            case 0 -> change.lookingFirst();
            case 1 -> change.onlyLooking();
            default -> change;
        };
    }
}
