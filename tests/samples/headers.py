"""Headers as people paste them; made by us, people and domains are made up."""

PLAIN = """\
Received: from OSAPR01MB1234.jpnprd01.prod.outlook.com (2001:db8::19) by
 TYZPR01MB4321.apcprd01.prod.outlook.com with HTTPS; Mon, 23 Nov 2026 01:47:05 +0000
Authentication-Results: spf=pass (sender IP is 192.0.2.25)
 smtp.mailfrom=hoge.com; dkim=pass (signature was verified)
 header.d=hoge.com;dmarc=fail action=none header.from=hoge.com;compauth=pass reason=100
Received: from mx1.hoge.com (192.0.2.25) by
 OSA01FT001.mail.protection.outlook.com (203.0.113.9) with Microsoft SMTP Server
 (version=TLS1_3) id 15.20.1; Mon, 23 Nov 2026 01:47:03 +0000
Received: from gateway.hoge.com (gateway [10.0.0.2]) by mx1.hoge.com (Postfix) with ESMTPS id 4F2
 for <tanaka@contoso.co.jp>; Mon, 23 Nov 2026 10:46:59 +0900 (JST)
Received: from pc12.hoge.com by gateway.hoge.com with ESMTPA; Mon, 23 Nov 2026 10:42:00 +0900
From: =?utf-8?B?6Yi05pyoIOS4gOmDjg==?= <suzuki@hoge.com>
To: tanaka@contoso.co.jp
Subject: =?iso-2022-jp?B?GyRCOCtAUT1xGyhC?=
Message-ID: <CAF9x7f2@mail.hoge.com>
Date: Mon, 23 Nov 2026 10:41:58 +0900
"""

SKEWED = """\
Received: from b.example by c.example with ESMTP; Mon, 23 Nov 2026 01:00:10 +0000
Received: from a.example by b.example with ESMTP; Mon, 23 Nov 2026 01:00:30 +0000
Received: from pc by a.example; Mon, 23 Nov 2026 01:00:00 +0000
Received: by odd.example; the day before yesterday
Message-ID: <x@a.example>
"""

JUNK = """\
Received: from TYZPR01MB4321.apcprd01.prod.outlook.com (2001:db8::19) by
 OSAPR01MB1234.jpnprd01.prod.outlook.com with HTTPS; Mon, 23 Nov 2026 01:47:05 +0000
Authentication-Results: spf=softfail (sender IP is 192.0.2.25)
 smtp.mailfrom=hoge.com; dkim=none (message not signed)
 header.d=none;arc=pass (i=1 spf=pass dkim=pass dmarc=pass);dmarc=fail action=oreject
 header.from=hoge.com;compauth=fail reason=000
X-Forefront-Antispam-Report:
 CIP:192.0.2.25;CTRY:JP;LANG:ja;SCL:5;SRV:;IPV:NLI;SFV:SPM;H:mx1.hoge.com;PTR:mx1.hoge.com;CAT:SPOOF;DIR:INB;
Received: from mx1.hoge.com (192.0.2.25) by
 OSA01FT001.mail.protection.outlook.com (203.0.113.9) with Microsoft SMTP Server
 (version=TLS1_3) id 15.20.1; Mon, 23 Nov 2026 01:47:03 +0000
From: suzuki@hoge.com
To: tanaka@contoso.co.jp
Subject: Invoice
Message-ID: <CAF9x7f3@mail.hoge.com>
Date: Mon, 23 Nov 2026 10:41:58 +0900
"""
