"""The case's executable world: a contract between two teams, what was delivered, and what tells the two apart.

::

    money      decimals of currencies, exact arithmetic          exchange   requests, answers, calls by operation
    document   one OpenAPI file and its schemas                  contract   what people agreed, and how it stands
    rules      how a quote service behaves                       bugs       every way in which it can go wrong
    service    the quote service itself                          mock       answers from the contract alone
    serve      any of them on this machine, over HTTP            narrow     the suite that the case's team had
    law        what no schema can say: what a law is             laws       the laws of the course
    attacks    requests that a careless service gets wrong       samples    values that a schema allows and forbids
    verify     walks the contract and reports findings           matrix     which runner finds which bug
    traffic    a synthetic market                                replay     what share of it fails
    load       answer times under load                           gate       all this as a folder to take home

It knows no widget and no pandas, and only ``serve`` opens a socket. Import the modules by name: this one imports none,
so that a course without this lab doesn't wait for it.
"""
