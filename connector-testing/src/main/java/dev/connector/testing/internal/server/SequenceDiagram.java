package dev.connector.testing.internal.server;

import dev.connector.testing.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Calls as a sequence diagram in Mermaid's language. Callers stand before services, each in the order of the first call, under ids of
 * their own, so that no name can be taken for a word of the language.
 */
public final class SequenceDiagram {

    private static final String HARMLESS = " -_./@,()+=*…";
    private static final int FIELDS_BEFORE_RESOURCE = 5;

    private final Map<String, String> callers = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();

    private SequenceDiagram(List<CallRecord> calls) {
        calls.forEach(call -> {
            callers.computeIfAbsent(principal(call), principal -> "c" + (callers.size() + 1));
            services.computeIfAbsent(call.service(), service -> "s" + (services.size() + 1));
        });
    }

    /** The diagram, one line for each participant and each call. */
    public static String of(List<CallRecord> calls) {
        return new SequenceDiagram(calls).lines(calls);
    }

    private String lines(List<CallRecord> calls) {
        StringBuilder lines = new StringBuilder("sequenceDiagram\n");
        callers.forEach((principal, id) -> lines.append(participant(id, name(principal))));
        services.forEach((service, id) -> lines.append(participant(id, service)));
        calls.forEach(call -> lines.append(arrow(call)));
        return lines.toString();
    }

    private static String participant(String id, String name) {
        return "    participant " + id + " as " + escape(name) + "\n";
    }

    private String arrow(CallRecord call) {
        boolean allowed = call.decision() == Decision.ALLOWED;
        return "    " + callers.get(principal(call)) + (allowed ? "->>" : "-x") + services.get(call.service()) + ": "
                + escape(what(call) + (allowed ? "" : " (" + ending(call) + ")")) + "\n";
    }

    /** Of several resources, the first. */
    private static String what(CallRecord call) {
        String resource = call.resources().stream()
                .findFirst()
                .map(arn -> " " + withoutOwner(arn) + (call.resources().size() > 1 ? ", …" : ""))
                .orElse("");
        return call.operation() + resource;
    }

    private static String ending(CallRecord call) {
        String how = call.fault() == null
                ? call.decision().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : call.fault().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return call.errorCode() == null ? how : how + ", " + call.errorCode();
    }

    /** A role stands for all of its sessions. */
    private static String principal(CallRecord call) {
        return call.callerRole() == null ? call.caller() : call.callerRole();
    }

    /** The last part of the ARN, or all of it where two principals would have the same name. */
    private String name(String principal) {
        String name = lastPart(principal);
        boolean isAmbiguous = callers.keySet().stream()
                        .filter(other -> lastPart(other).equals(name))
                        .count()
                > 1;
        return isAmbiguous ? principal : name;
    }

    private static String lastPart(String principal) {
        return principal.substring(principal.lastIndexOf('/') + 1);
    }

    /** An ARN without partition, service, Region and account. */
    private static String withoutOwner(String arn) {
        String[] fields = arn.split(":", FIELDS_BEFORE_RESOURCE + 1);
        return fields[fields.length - 1];
    }

    /** Signs that mean something to Mermaid or to HTML, and what would not print, are written as Mermaid's numbered entities. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || HARMLESS.indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(c).append(';');
            }
        });
        return escaped.toString();
    }
}
