package dev.connector.strategies.sso;

import java.util.List;

/**
 * A user as the Identity Store knows them now.
 *
 * @param id the id, in lower case, which stays for good
 * @param userName the user name, which may change
 * @param emails all e-mail addresses
 * @param enabled whether AWS says so; without a word of AWS's, whether there is none to the contrary
 */
record DirectoryUser(String id, String userName, List<String> emails, boolean enabled) {

    DirectoryUser {
        emails = List.copyOf(emails);
    }

    /** Whether they are called so, to the letter. */
    boolean isCalled(String name) {
        return userName.equals(name) || emails.contains(name);
    }
}
