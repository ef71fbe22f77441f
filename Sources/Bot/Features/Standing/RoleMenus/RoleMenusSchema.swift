internal import Kit

extension RoleMenus {
    static let schema = [
        Migration(
            "rolemenus-001-menus",
            """
            CREATE TABLE rolemenus_menus (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, channel BIGINT NOT NULL,
                title TEXT NOT NULL, body TEXT NOT NULL, style TEXT NOT NULL, exclusive BIGINT NOT NULL, most BIGINT, needs BIGINT,
                lasts BIGINT, message BIGINT, state TEXT NOT NULL, trouble TEXT, version BIGINT NOT NULL)
            """,
            "CREATE INDEX rolemenus_menus_guild ON rolemenus_menus (guild, id)",
            """
            CREATE TABLE rolemenus_choices (menu BIGINT NOT NULL, role BIGINT NOT NULL, place BIGINT NOT NULL, emoji TEXT,
                PRIMARY KEY (menu, role))
            """,
            "CREATE INDEX rolemenus_choices_role ON rolemenus_choices (role)",
            """
            CREATE TABLE rolemenus_holdings (guild BIGINT NOT NULL, member BIGINT NOT NULL, role BIGINT NOT NULL,
                menu BIGINT NOT NULL, via TEXT NOT NULL, wanted BIGINT NOT NULL, since BIGINT NOT NULL, changed BIGINT NOT NULL,
                until BIGINT, PRIMARY KEY (guild, member, role))
            """,
            "CREATE INDEX rolemenus_holdings_menu ON rolemenus_holdings (menu)",
            """
            CREATE TABLE rolemenus_reacted (menu BIGINT NOT NULL, member BIGINT NOT NULL, role BIGINT NOT NULL,
                PRIMARY KEY (menu, member, role))
            """)
    ]
}
