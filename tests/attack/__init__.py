"""Attacks on the whole bot over loopback: what strangers, one person, a kill or a clock do to it.

Each file holds one kind of attack and states what has to hold against it. All are bounded in count and time.
`server` and `dying` run the bot as a process of its own.

A stranger, or one person, stalls everybody:
    test_bodies             bodies without a token, or packed to gigabytes
    test_connections        connections that never end, or speak no HTTP
    test_long_questions     words that take long to read
    test_message_limit      more messages than are taken
    test_quota_share        questions of employees that empty the quota
    test_state_bounds       questions whose states fill the database

A question is lost in silence:
    test_owed_answers       kills at any moment, a Teams that takes no answer
    test_storage_faults     damaged pages, a full disk
    test_second_process     a second process on the same file or port
    test_unreadable_rows    a row that cannot be read
    test_stored_before      a database and cards of the commit before
    test_clock_jumps        a wall clock that is set back or on
    test_spool_files        notes and folders that somebody else made

Something leaks:
    test_counts             numbers that depend on mail of protected people
    test_hidden_fields      searches by what is not shown
    test_tickets            words in place of a ticket's number
    test_unchecked_rows     failures that are shown as sent
    test_csv_formulas       subjects that are formulas
    test_operations_doors   headers that open `/metrics` and `/readyz`

Something wrong is said:
    test_speaking_for_others    one row's cause told of others
    test_place_words        what shared places are told
    test_settings_names     misspelt settings
    test_default_domains    questions that are silently others
    test_own_mail_limits    time ranges that are longer than what is read
    test_row_limit          lists that end without a way on
    test_graph_contract     calls that Graph's pages refuse

A machine on which nothing was done:
    test_fresh_machine      `make test` without a browser
"""
