"""A pymodbus server for PymodbusTest: python3 pymodbus_server.py PORT tcp|rtu-over-tcp

Unit 1 has 200 registers and bits in every table. Input register i holds i, discrete input i is on
if i is a multiple of 3; holding registers and coils are 0.
"""
import asyncio
import sys

import pymodbus
from pymodbus.datastore import (
    ModbusSequentialDataBlock,
    ModbusServerContext,
    ModbusSlaveContext,
)
from pymodbus.server import StartAsyncTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer

SIZE = 200


async def main():
    port, framing = int(sys.argv[1]), sys.argv[2]
    unit = ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, [i % 3 == 0 for i in range(SIZE)]),
        co=ModbusSequentialDataBlock(0, [False] * SIZE),
        hr=ModbusSequentialDataBlock(0, [0] * SIZE),
        ir=ModbusSequentialDataBlock(0, list(range(SIZE))),
        zero_mode=True,
    )
    print("pymodbus", pymodbus.__version__, "python", sys.version.split()[0], flush=True)
    await StartAsyncTcpServer(
        context=ModbusServerContext(slaves={1: unit}, single=False),
        address=("127.0.0.1", port),
        framer=ModbusRtuFramer if framing == "rtu-over-tcp" else ModbusSocketFramer,
        allow_reuse_address=True,
    )


asyncio.run(main())
